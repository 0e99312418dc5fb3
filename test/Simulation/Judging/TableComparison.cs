using System.Text.Json.Nodes;
using FairShare.Testing;
using FairShare.Testing.Oracle;

namespace FairShare.Simulation.Judging;

/// <summary>Reads the whole table once, at the end of a batch: it is what the judge has heard of, attribute for attribute.</summary>
internal static class TableComparison
{
    /// <exception cref="FairnessViolationException">The table has an item that no change told of, lacks one, or has another.</exception>
    public static async Task RequireSameAsync(TestHost host, Judge judge)
    {
        var told = judge.Table.Items.ToDictionary(NameOf, StringComparer.Ordinal);
        foreach (var item in await ScanAsync(host))
        {
            if (!told.Remove(NameOf(item), out var heard) || !JsonNode.DeepEquals(heard, item))
            {
                throw new FairnessViolationException($"No change told of {NameOf(item)} as it stands.");
            }
        }

        if (told.Count > 0)
        {
            throw new FairnessViolationException($"The table lacks {told.Keys.First()}, of which a change told.");
        }
    }

    private static string NameOf(JsonObject item) => $"{TableMirror.Text(item, "pk")} {TableMirror.Text(item, "sk")}";

    /// <summary>Every item as DynamoDB writes it, with the types of its attributes.</summary>
    private static async Task<IReadOnlyList<JsonObject>> ScanAsync(TestHost host)
    {
        var owner = SignedAwsClient.OfRoot(host);
        var items = new List<JsonObject>();
        var input = new JsonObject { ["TableName"] = host.Embedded.Outputs["EvidenceTableName"], ["ConsistentRead"] = true };
        JsonNode? next;
        do
        {
            var page = (await owner.CallAsync("dynamodb", "DynamoDB_20120810.Scan", input)).Require(200);
            items.AddRange(page["Items"].AsArray().Select(item => item!.AsObject()));
            next = page.Body!["LastEvaluatedKey"];
            input["ExclusiveStartKey"] = next?.DeepClone();
        } while (next is not null);
        return items;
    }
}
