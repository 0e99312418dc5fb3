using System.Globalization;
using System.Text.Json.Nodes;

namespace TemplateHost.Tests.Persistence;

/// <summary>Reads what the tables of the run hold.</summary>
internal static class Items
{
    /// <summary>The sort keys under one partition key.</summary>
    public static async Task<List<int>> NumbersAsync(HostProcess host, string table, string partition)
    {
        var numbers = new List<int>();
        JsonNode? after = null;
        do
        {
            var page = await host.CallAsync(
                "dynamodb",
                "Query",
                new()
                {
                    ["TableName"] = table,
                    ["KeyConditionExpression"] = "pk = :p",
                    ["ExclusiveStartKey"] = after,
                    ["ExpressionAttributeValues"] = new JsonObject { [":p"] = new JsonObject { ["S"] = partition } },
                }
            );
            numbers.AddRange(
                page["Items"]!.AsArray().Select(item => int.Parse(item!["sk"]!["N"]!.ToString(), CultureInfo.InvariantCulture))
            );
            after = page["LastEvaluatedKey"]?.DeepClone();
        } while (after is not null);

        return numbers;
    }
}
