using System.ComponentModel;
using TemplateHost.Tests.Contract.Targets;
using Xunit;

namespace TemplateHost.Tests.Contract.DynamoDb;

/// <summary>https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_TransactWriteItems.html.</summary>
[DisplayName("DynamoDB")]
public sealed class TransactionContract(ContractTargets targets) : ServiceContract(targets)
{
    [Theory, OnEachTarget]
    public Task Writes_OfEachKind_AreDoneTogether(string on) =>
        HoldAsync(
            on,
            async dynamo =>
            {
                await dynamo.CreateTableAsync();
                await dynamo.PutAsync("u", """ "n": { "N": "1" } """);
                await dynamo.PutAsync("d");
                var done = await WriteAsync(dynamo, Put("p"), Update("u"), Item("Delete", "d"), Check("p2", "attribute_not_exists(pk)"));
                Assert.Null(done.Code);
                Assert.NotNull(await dynamo.GetAsync("p"));
                Assert.Equal("2", (await dynamo.GetAsync("u"))!["n"]!["N"]!.ToString());
                Assert.Null(await dynamo.GetAsync("d"));
            }
        );

    [Theory, OnEachTarget]
    public Task Writes_OneConditionFails_WriteNothing(string on) =>
        HoldAsync(
            on,
            async dynamo =>
            {
                await dynamo.CreateTableAsync();
                var cancelled = await WriteAsync(dynamo, Put("p"), Check("b", "attribute_exists(pk)"));
                Assert.Equal(("TransactionCanceledException", "None, ConditionalCheckFailed"), (cancelled.Code, cancelled.Reasons()));
                Assert.Null(await dynamo.GetAsync("p"));
            }
        );

    [Theory, OnEachTarget]
    public Task Reasons_OfFailures_ShowTheItems(string on) =>
        HoldAsync(
            on,
            async dynamo =>
            {
                await dynamo.CreateTableAsync();
                await dynamo.PutAsync("p", """ "v": { "S": "old" } """);
                var cancelled = await WriteAsync(
                    dynamo,
                    Put("q"),
                    Put(
                        "p",
                        ", \"ConditionExpression\": \"attribute_not_exists(pk)\", \"ReturnValuesOnConditionCheckFailure\": \"ALL_OLD\""
                    )
                );
                var reasons = cancelled.Body["CancellationReasons"]!.AsArray();
                Assert.Equal("The conditional request failed", reasons[1]!["Message"]!.ToString());
                Assert.Equal("old", reasons[1]!["Item"]!["v"]!["S"]!.ToString());
            }
        );

    [Theory, OnEachTarget]
    public Task Updates_ThatDoNotFit_CancelWithAValidationError(string on) =>
        HoldAsync(
            on,
            async dynamo =>
            {
                await dynamo.CreateTableAsync();
                await dynamo.PutAsync("u", """ "n": { "S": "text" } """);
                var cancelled = await WriteAsync(dynamo, Put("p"), Update("u"));
                Assert.Equal(("TransactionCanceledException", "None, ValidationError"), (cancelled.Code, cancelled.Reasons()));
                Assert.Null(await dynamo.GetAsync("p"));
            }
        );

    [Theory, OnEachTarget]
    public Task Writes_OfOneItemTwice_AreRefused(string on) =>
        HoldAsync(
            on,
            async dynamo =>
            {
                await dynamo.CreateTableAsync();
                var refused = await WriteAsync(dynamo, Put("p"), Check("p", "attribute_exists(pk)"));
                Assert.Equal(
                    ("ValidationException", "Transaction request cannot include multiple operations on one item"),
                    (refused.Code, refused.Message)
                );
            }
        );

    [Theory, OnEachTarget]
    public Task Writes_OfAHundredItems_AreTheMost(string on) =>
        HoldAsync(
            on,
            async dynamo =>
            {
                await dynamo.CreateTableAsync();
                Assert.Null((await WriteAsync(dynamo, [.. Enumerable.Range(0, 100).Select(number => Put($"p{number}"))])).Code);
                var refused = await WriteAsync(dynamo, [.. Enumerable.Range(0, 101).Select(number => Put($"p{number}"))]);
                Assert.Equal("ValidationException", refused.Code);
                Assert.Contains("Member must have length less than or equal to 100", refused.Message, StringComparison.Ordinal);
            }
        );

    [Theory, OnEachTarget]
    public Task Writes_OfMoreThanFourMegabytes_AreRefused(string on) =>
        HoldAsync(
            on,
            async dynamo =>
            {
                await dynamo.CreateTableAsync();
                var text = new string('x', 390_000);
                var refused = await WriteAsync(
                    dynamo,
                    [
                        .. Enumerable
                            .Range(0, 11)
                            .Select(number =>
                                $$"""
                                    { "Put": { "TableName": "things", "Item": { {{DynamoDbCalls.Key($"p{number}")}},
                                      "t": { "S": "{{text}}" } } } }
                                    """
                            ),
                    ]
                );
                Assert.Equal("ValidationException", refused.Code);
                Assert.Null(await dynamo.GetAsync("p0"));
            }
        );

    [Theory, OnEachTarget]
    public Task Token_Repeated_WritesOnce(string on) =>
        HoldAsync(
            on,
            async dynamo =>
            {
                await dynamo.CreateTableAsync();
                await dynamo.PutAsync("u", """ "n": { "N": "1" } """);
                for (var time = 0; time < 2; time++)
                {
                    Assert.Null((await TokenAsync(dynamo, Update("u"))).Code);
                }

                Assert.Equal("2", (await dynamo.GetAsync("u"))!["n"]!["N"]!.ToString());
            }
        );

    [Theory, OnEachTarget]
    public Task Token_OfAnotherRequest_IsRefused(string on) =>
        HoldAsync(
            on,
            async dynamo =>
            {
                await dynamo.CreateTableAsync();
                await TokenAsync(dynamo, Put("a"));
                Assert.Equal("IdempotentParameterMismatchException", (await TokenAsync(dynamo, Put("b"))).Code);
            }
        );

    [Theory, OnEachTarget]
    public Task Reads_Together_AnswerInOrder(string on) =>
        HoldAsync(
            on,
            async dynamo =>
            {
                await dynamo.CreateTableAsync();
                await dynamo.PutAsync("a", """ "v": { "S": "x" } """);
                var answer = await dynamo.DynamoDbAsync(
                    "TransactGetItems",
                    $$"""
                    { "TransactItems": [ {{Item("Get", "none")}}, { "Get": { "TableName": "things", "Key": { {{DynamoDbCalls.Key(
                        "a"
                    )}} }, "ProjectionExpression": "v" } } ], "ReturnConsumedCapacity": "TOTAL" }
                    """
                );
                Assert.Equal("""[{},{"Item":{"v":{"S":"x"}}}]""", answer["Responses"]!.ToJsonString());
                Assert.Equal(4, answer["ConsumedCapacity"]![0]!["CapacityUnits"]!.GetValue<double>());
            }
        );

    [Theory, OnEachTarget]
    public Task Capacity_OfItemsInIndexes_IsDoubleForTheItemAlone(string on) =>
        HoldAsync(
            on,
            async dynamo =>
            {
                await dynamo.CreateTableAsync();
                var answer = await dynamo.DynamoDbAsync(
                    "TransactWriteItems",
                    $$"""
                    { "TransactItems": [ { "Put": { "TableName": "things", "Item": { {{DynamoDbCalls.Key("a")}}, "g": { "S": "x" } } } } ],
                      "ReturnConsumedCapacity": "INDEXES" }
                    """
                );
                var consumed = answer["ConsumedCapacity"]![0]!;
                // Two for the item, and one for each of three indexes.
                Assert.Equal(5, consumed["CapacityUnits"]!.GetValue<double>());
                Assert.Equal(1, consumed["GlobalSecondaryIndexes"]!["keys"]!["CapacityUnits"]!.GetValue<double>());
            }
        );

    private static Task<ContractAnswer> WriteAsync(IContractTarget dynamo, params string[] items) =>
        dynamo.DynamoDbAsync("TransactWriteItems", $$"""{ "TransactItems": [ {{string.Join(", ", items)}} ] }""");

    private static Task<ContractAnswer> TokenAsync(IContractTarget dynamo, string item) =>
        dynamo.DynamoDbAsync("TransactWriteItems", $$"""{ "TransactItems": [ {{item}} ], "ClientRequestToken": "one" }""");

    private static string Put(string pk, string more = "") =>
        $$"""{ "Put": { "TableName": "things", "Item": { {{DynamoDbCalls.Key(pk)}} }{{more}} } }""";

    private static string Update(string pk) =>
        Item("Update", pk, """, "UpdateExpression": "ADD n :one", "ExpressionAttributeValues": { ":one": { "N": "1" } } """);

    private static string Check(string pk, string condition) =>
        Item("ConditionCheck", pk, $$""", "ConditionExpression": "{{condition}}" """);

    private static string Item(string kind, string pk, string more = "") =>
        $$"""{ "{{kind}}": { "TableName": "things", "Key": { {{DynamoDbCalls.Key(pk)}} }{{more}} } }""";
}
