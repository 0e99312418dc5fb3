using System.ComponentModel;
using System.Text.Json.Nodes;
using TemplateHost.Testing;
using TemplateHost.Tests.Contract.Targets;
using Xunit;

namespace TemplateHost.Tests.Contract.DynamoDb;

/// <summary>https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_CreateTable.html.</summary>
[DisplayName("DynamoDB")]
public sealed class TableContract(ContractTargets targets) : ServiceContract(targets)
{
    private const string Simple = """
        { "TableName": "simple", "BillingMode": "PAY_PER_REQUEST", "AttributeDefinitions": [ { "AttributeName": "pk",
          "AttributeType": "S" } ],
          "KeySchema": [ { "AttributeName": "pk", "KeyType": "HASH" } ], "StreamSpecification": { "StreamEnabled": true,
            "StreamViewType": "VIEW" } }
        """;

    [Theory, OnEachTarget]
    public Task Table_WhileCreated_IsNotUsable(string on) =>
        HoldAsync(
            on,
            async dynamo =>
            {
                var created = await dynamo.DynamoDbAsync("CreateTable", DynamoDbCalls.Table);
                Assert.Equal("CREATING", created["TableDescription"]!["TableStatus"]!.ToString());
                Assert.Equal("ResourceInUseException", (await dynamo.DynamoDbAsync("CreateTable", DynamoDbCalls.Table)).Code);
            }
        );

    [Theory, OnEachTarget]
    public Task Table_MadeAndDeleted_ComesAndGoes(string on) =>
        HoldAsync(
            on,
            async dynamo =>
            {
                await dynamo.CreateTableAsync();
                Assert.Equal("""["things"]""", (await dynamo.DynamoDbAsync("ListTables", "{}"))["TableNames"]!.ToJsonString());
                var described = (await dynamo.DynamoDbAsync("DescribeTable", """{ "TableName": "things" }"""))["Table"]!;
                Assert.Equal(
                    3,
                    described["GlobalSecondaryIndexes"]!.AsArray().Count(index => index!["IndexStatus"]!.ToString() == "ACTIVE")
                );
                Assert.Equal("PAY_PER_REQUEST", described["BillingModeSummary"]!["BillingMode"]!.ToString());
                Assert.Null((await dynamo.DynamoDbAsync("DeleteTable", """{ "TableName": "things" }""")).Code);
                Assert.Equal("ResourceNotFoundException", (await dynamo.PutAsync("a")).Code);
                Assert.Equal(
                    "ResourceNotFoundException",
                    (await dynamo.DynamoDbAsync("DeleteTable", """{ "TableName": "things" }""")).Code
                );
            }
        );

    [Theory, OnEachTarget]
    public Task Declarations_ThatDoNotAgree_AreRefused(string on) =>
        HoldAsync(
            on,
            async dynamo =>
            {
                var short1 = await dynamo.DynamoDbAsync(
                    "CreateTable",
                    DynamoDbCalls.Table.Replace("\"things\"", "\"th\"", StringComparison.Ordinal)
                );
                Assert.Equal("ValidationException", short1.Code);
                var undefined = await dynamo.DynamoDbAsync(
                    "CreateTable",
                    DynamoDbCalls.Table.Replace(
                        "{ \"AttributeName\": \"g\", \"AttributeType\": \"S\" }",
                        "{ \"AttributeName\": \"h\", \"AttributeType\": \"S\" }",
                        StringComparison.Ordinal
                    )
                );
                Assert.Equal("ValidationException", undefined.Code);
                Assert.StartsWith("One or more parameter values were invalid: ", undefined.Message, StringComparison.Ordinal);
            }
        );

    [Theory, OnEachTarget]
    public Task TimeToLive_TurnedOn_IsDescribed(string on) =>
        HoldAsync(
            on,
            async dynamo =>
            {
                await dynamo.CreateTableAsync();
                const string On = """{ "TableName": "things", "TimeToLiveSpecification": { "Enabled": true, "AttributeName": "until" } }""";
                Assert.Null((await dynamo.DynamoDbAsync("UpdateTimeToLive", On)).Code);
                var described = (await dynamo.DynamoDbAsync("DescribeTimeToLive", """{ "TableName": "things" }"""))[
                    "TimeToLiveDescription"
                ]!;
                Assert.Equal(
                    ("until", true),
                    (described["AttributeName"]!.ToString(), described["TimeToLiveStatus"]!.ToString() is "ENABLING" or "ENABLED")
                );
                Assert.Equal("ValidationException", (await dynamo.DynamoDbAsync("UpdateTimeToLive", On)).Code);
            }
        );

    [Theory, OnEachTarget]
    public Task Streams_OfEachView_ShowTheirImages(string on) =>
        HoldAsync(
            on,
            async dynamo =>
            {
                foreach (
                    var (view, images) in ((string, string)[])
                        [
                            ("KEYS_ONLY", ""),
                            ("NEW_IMAGE", "NewImage"),
                            ("OLD_IMAGE", "OldImage"),
                            ("NEW_AND_OLD_IMAGES", "NewImage OldImage"),
                        ]
                )
                {
                    var name = view.ToLowerInvariant();
                    await dynamo.CreateTableAsync(
                        Simple.Replace("simple", name, StringComparison.Ordinal).Replace("VIEW", view, StringComparison.Ordinal)
                    );
                    foreach (var value in (string[])["1", "2"])
                    {
                        await dynamo.DynamoDbAsync(
                            "PutItem",
                            $$"""{ "TableName": "{{name}}", "Item": { "pk": { "S": "a" }, "v": { "N": "{{value}}" } } }"""
                        );
                    }

                    var records = await ReadStreamAsync(dynamo, name);
                    Assert.Equal(["INSERT", "MODIFY"], records.Select(record => record["eventName"]!.ToString()));
                    var shown = records[1]["dynamodb"]!.AsObject();
                    Assert.Equal(
                        (view, images),
                        (
                            view,
                            string.Join(
                                ' ',
                                shown
                                    .Select(member => member.Key)
                                    .Where(key => key.EndsWith("Image", StringComparison.Ordinal))
                                    .Order(StringComparer.Ordinal)
                            )
                        )
                    );
                    Assert.Equal("a", shown["Keys"]!["pk"]!["S"]!.ToString());
                }
            }
        );

    private static async Task<List<JsonObject>> ReadStreamAsync(IContractTarget dynamo, string table)
    {
        var stream = (await dynamo.DynamoDbAsync("DescribeTable", $$"""{ "TableName": "{{table}}" }"""))["Table"]![
            "LatestStreamArn"
        ]!.ToString();
        var listed = await dynamo.CallAsync("streams.dynamodb", "ListStreams", new() { ["TableName"] = table });
        Assert.Equal(stream, Assert.Single(listed["Streams"]!.AsArray())!["StreamArn"]!.ToString());
        var described = await dynamo.CallAsync("streams.dynamodb", "DescribeStream", new() { ["StreamArn"] = stream });
        var shard = described["StreamDescription"]!["Shards"]![0]!["ShardId"]!.ToString();
        var iterator = await dynamo.CallAsync(
            "streams.dynamodb",
            "GetShardIterator",
            new()
            {
                ["StreamArn"] = stream,
                ["ShardId"] = shard,
                ["ShardIteratorType"] = "TRIM_HORIZON",
            }
        );
        var answer = await Waiting.UntilAsync(
            () => dynamo.CallAsync("streams.dynamodb", "GetRecords", new() { ["ShardIterator"] = iterator.Text("ShardIterator") }),
            read => read["Records"]!.AsArray().Count == 2
        );
        return [.. answer["Records"]!.AsArray().Select(record => record!.AsObject())];
    }

    [Theory, OnEachTarget]
    public Task Settings_OfATable_AreShown(string on) =>
        HoldAsync(
            on,
            async target =>
            {
                const string Provisioned = """
                    "AttributeDefinitions": [ { "AttributeName": "pk", "AttributeType": "S" } ],
                    "KeySchema": [ { "AttributeName": "pk", "KeyType": "HASH" } ],
                    "ProvisionedThroughput": { "ReadCapacityUnits": 3, "WriteCapacityUnits": 2 }
                    """;
                await target.CreateTableAsync(
                    $$"""
                    { "TableName": "things", {{Provisioned}}, "SSESpecification": { "Enabled": true },
                      "TableClass": "STANDARD_INFREQUENT_ACCESS" }
                    """
                );
                var table = (await target.DynamoDbAsync("DescribeTable", """{ "TableName": "things" }"""))["Table"]!;
                Assert.Equal(
                    ("3", "2", "ENABLED", "STANDARD_INFREQUENT_ACCESS"),
                    (
                        table["ProvisionedThroughput"]!["ReadCapacityUnits"]!.ToString(),
                        table["ProvisionedThroughput"]!["WriteCapacityUnits"]!.ToString(),
                        table["SSEDescription"]!["Status"]!.ToString(),
                        table["TableClassSummary"]!["TableClass"]!.ToString()
                    )
                );
                Assert.Equal(
                    "ValidationException",
                    (
                        await target.DynamoDbAsync(
                            "CreateTable",
                            $$"""{ "TableName": "other", {{Provisioned}}, "BillingMode": "PAY_PER_REQUEST" }"""
                        )
                    ).Code
                );
                await target.DynamoDbAsync("UpdateTable", """{ "TableName": "things", "BillingMode": "PAY_PER_REQUEST" }""");
                table = (await target.DynamoDbAsync("DescribeTable", """{ "TableName": "things" }"""))["Table"]!;
                Assert.Equal("PAY_PER_REQUEST", table["BillingModeSummary"]!["BillingMode"]!.ToString());
            }
        );
}
