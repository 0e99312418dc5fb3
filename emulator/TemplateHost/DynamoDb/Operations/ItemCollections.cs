using System.Text.Json.Nodes;

namespace TemplateHost.DynamoDb.Operations;

/// <summary>
/// ReturnItemCollectionMetrics: only a table with a local index has item collections of limited size. The estimate is DynamoDB's smallest.
/// </summary>
internal static class ItemCollections
{
    /// <summary>Puts the metrics of one write into the answer, when the request asks for them.</summary>
    public static void Report(JsonObject answer, JsonObject input, WriteAction write)
    {
        if (IsAsked(input) && Describe(write) is { } metrics)
        {
            answer["ItemCollectionMetrics"] = metrics;
        }
    }

    /// <summary>Puts the metrics of several writes into the answer, by table, when the request asks for them.</summary>
    public static void Report(JsonObject answer, JsonObject input, IReadOnlyList<WriteAction> writes)
    {
        if (!IsAsked(input))
        {
            return;
        }

        var byTable = writes.Where(HasCollections).GroupBy(write => write.Table.Definition.Name);
        answer["ItemCollectionMetrics"] = new JsonObject(
            byTable.Select(table => KeyValuePair.Create(table.Key, (JsonNode?)new JsonArray([.. table.Select(Describe)])))
        );
    }

    private static bool IsAsked(JsonObject input) => input["ReturnItemCollectionMetrics"]?.ToString() == "SIZE";

    private static bool HasCollections(WriteAction write) => write.Table.Definition.Indexes.Any(index => index.IsLocal);

    private static JsonObject? Describe(WriteAction write) =>
        !HasCollections(write)
            ? null
            : new JsonObject
            {
                ["ItemCollectionKey"] = write.KeyItem.Only([write.Table.Definition.Keys.Hash]).ToJson(),
                ["SizeEstimateRangeGB"] = new JsonArray(0, 1),
            };
}
