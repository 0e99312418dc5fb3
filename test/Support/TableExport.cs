using System.Text.Json.Nodes;
using Amazon.DynamoDBv2.Model;
using FairShare.Testing.Oracle;

namespace FairShare.Testing;

/// <summary>The evidence table as it is exported.</summary>
public static class TableExport
{
    /// <summary>The items in DynamoDB's JSON.</summary>
    public static async Task<IReadOnlyList<JsonObject>> ItemsAsync(TestHost host)
    {
        using var table = new TableReader(host);
        return [.. (await table.ScanAsync()).Select(ToJson)];
    }

    /// <summary>An item in DynamoDB's JSON.</summary>
    public static JsonObject ToJson(Dictionary<string, AttributeValue> item) =>
        new(item.Select(attribute => KeyValuePair.Create(attribute.Key, (JsonNode?)Attribute(attribute.Value.S, attribute.Value.N))));

    /// <summary>The same, one a line.</summary>
    public static async Task<string> LinesAsync(TestHost host) =>
        string.Join('\n', (await ItemsAsync(host)).Select(item => item.ToJsonString()));

    private static JsonObject Attribute(string? text, string? number) =>
        number is not null ? new JsonObject { ["N"] = number } : new JsonObject { ["S"] = text };
}
