using System.Text.Json.Nodes;
using TemplateHost.Testing;
using TemplateHost.Tests.Contract.Targets;

namespace TemplateHost.Tests.Contract.DynamoDb;

/// <summary>Calls of DynamoDB as contracts make them: on one table, with JSON as the documentation shows it.</summary>
internal static class DynamoDbCalls
{
    /// <summary>Partition key <c>pk</c> (text), sort key <c>sk</c> (number), and an index of each projection on <c>g</c>.</summary>
    public const string Table = """
        { "TableName": "things", "BillingMode": "PAY_PER_REQUEST",
          "AttributeDefinitions": [ { "AttributeName": "pk", "AttributeType": "S" }, { "AttributeName": "sk", "AttributeType": "N" },
            { "AttributeName": "g", "AttributeType": "S" } ],
          "KeySchema": [ { "AttributeName": "pk", "KeyType": "HASH" }, { "AttributeName": "sk", "KeyType": "RANGE" } ],
          "GlobalSecondaryIndexes": [
            { "IndexName": "keys", "KeySchema": [ { "AttributeName": "g", "KeyType": "HASH" } ],
              "Projection": { "ProjectionType": "KEYS_ONLY" } },
            { "IndexName": "some", "KeySchema": [ { "AttributeName": "g", "KeyType": "HASH" }, { "AttributeName": "sk",
              "KeyType": "RANGE" } ], "Projection": { "ProjectionType": "INCLUDE", "NonKeyAttributes": [ "a" ] } },
            { "IndexName": "all", "KeySchema": [ { "AttributeName": "g", "KeyType": "HASH" } ],
              "Projection": { "ProjectionType": "ALL" } } ] }
        """;

    /// <summary>Calls an operation; a request without a table is of the contract's.</summary>
    public static Task<ContractAnswer> DynamoDbAsync(this IContractTarget target, string operation, string json)
    {
        var input = JsonNode.Parse(json)!.AsObject();
        if (operation is "GetItem" or "PutItem" or "UpdateItem" or "DeleteItem" or "Query" or "Scan" && !input.ContainsKey("TableName"))
        {
            input["TableName"] = "things";
        }

        return target.CallAsync("dynamodb", operation, input);
    }

    public static async Task CreateTableAsync(this IContractTarget target, string table = Table)
    {
        var name = (await target.DynamoDbAsync("CreateTable", table))["TableDescription"]!["TableName"]!.ToString();
        await Waiting.UntilAsync(
            () => target.DynamoDbAsync("DescribeTable", $$"""{ "TableName": "{{name}}" }"""),
            described => described["Table"]!["TableStatus"]!.ToString() == "ACTIVE"
        );
    }

    /// <summary>
    /// Puts an item at <c>pk</c>, 1, with attributes (DynamoDB JSON without its braces) and more members of the request, each with a comma
    /// before it.
    /// </summary>
    public static Task<ContractAnswer> PutAsync(this IContractTarget target, string pk, string attributes = "", string more = "") =>
        target.DynamoDbAsync("PutItem", $$"""{ "Item": { {{Key(pk)}}{{(attributes.Length > 0 ? ", " + attributes : "")}} }{{more}} }""");

    /// <summary>Updates that item, with ExpressionAttributeValues without their braces.</summary>
    public static Task<ContractAnswer> UpdateAsync(
        this IContractTarget target,
        string pk,
        string expression,
        string values = "",
        string more = ""
    ) =>
        target.DynamoDbAsync(
            "UpdateItem",
            $$"""{ "Key": { {{Key(pk)}} }, "UpdateExpression": "{{expression}}"{{Values(values)}}{{more}} }"""
        );

    public static async Task<JsonObject?> GetAsync(this IContractTarget target, string pk, string more = "") =>
        (await target.DynamoDbAsync("GetItem", $$"""{ "Key": { {{Key(pk)}} }, "ConsistentRead": true{{more}} }"""))["Item"]?.AsObject();

    public static string Key(string pk) =>
        $$"""
            "pk": { "S": "{{pk}}" }, "sk": { "N": "1" }
            """;

    public static string Values(string values) =>
        values.Length == 0
            ? ""
            : $$"""
                , "ExpressionAttributeValues": { {{values}} }
                """;

    /// <summary>The codes of a cancelled transaction, which every client shows in the message.</summary>
    public static string Reasons(this ContractAnswer answer) =>
        answer.Message[(answer.Message.IndexOf('[', StringComparison.Ordinal) + 1)..].TrimEnd(']', '\n');
}
