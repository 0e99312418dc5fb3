using System.Text.Json.Nodes;
using FairShare.Local.DynamoDb.Model;
using FairShare.Local.DynamoDb.Storage;
using FairShare.Local.Gateway;
using FairShare.Local.Hosting;

namespace FairShare.Local.DynamoDb.Operations;

/// <summary>Who may do what with a table, and what it costs.</summary>
internal sealed class TableAccess(HostContext context)
{
    public void Demand(Caller caller, string permission, StoredTable table, KeyValues? key = null, JsonNode? keyItem = null, string? index = null)
    {
        var keys = new Dictionary<string, string>();
        if (key is not null && keyItem?[table.Definition.Keys.Hash] is JsonObject { Count: 1 } leading)
        {
            keys["dynamodb:LeadingKeys"] = leading.First().Value!.ToString();
        }

        var arn = index is null ? table.Definition.Arn : $"{table.Definition.Arn}/index/{index}";
        context.Authorizer.Demand(caller, $"dynamodb:{permission}", arn, context: keys);
    }

    public void MeterWrite(Capacity capacity) => context.Meter.Add("dynamodb.writeRequestUnit", capacity.Total);

    public void MeterRead(Capacity capacity) => context.Meter.Add("dynamodb.readRequestUnit", capacity.Total);

    /// <summary>Puts ConsumedCapacity of several tables into the answer when the request asks for it.</summary>
    public static void Report(JsonObject answer, JsonObject input, IReadOnlyDictionary<string, Capacity> byTable)
    {
        if (input["ReturnConsumedCapacity"]?.ToString() is ("TOTAL" or "INDEXES") and var asked)
        {
            answer["ConsumedCapacity"] = new JsonArray([.. byTable.Select(table => table.Value.Describe(table.Key, asked))]);
        }
    }

    /// <summary>Puts ConsumedCapacity into the answer when the request asks for it.</summary>
    public static void Report(JsonObject answer, JsonObject input, StoredTable table, Capacity capacity)
    {
        if (capacity.Describe(table.Definition.Name, input["ReturnConsumedCapacity"]?.ToString()) is { } description)
        {
            answer["ConsumedCapacity"] = description;
        }
    }
}
