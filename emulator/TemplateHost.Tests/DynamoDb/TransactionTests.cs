using Amazon.DynamoDBv2;
using Amazon.DynamoDBv2.Model;
using Xunit;

namespace TemplateHost.Tests.DynamoDb;

public sealed class TransactionTests
{
    [Fact]
    public async Task Write_ItemThatCannotBeStored_IsThatItemsReason()
    {
        await using var table = await TestTable.StartAsync();
        var cancelled = await Assert.ThrowsAsync<TransactionCanceledException>(() =>
            table.Client.TransactWriteItemsAsync(
                new()
                {
                    TransactItems =
                    [
                        new()
                        {
                            Put = new() { TableName = TestTable.Name, Item = TestTable.Key("a") },
                        },
                        new()
                        {
                            Put = new()
                            {
                                TableName = TestTable.Name,
                                Item = new() { ["pk"] = TestTable.Number(1), ["sk"] = TestTable.Number(1) },
                            },
                        },
                    ],
                }
            )
        );

        Assert.Equal(["None", "ValidationError"], cancelled.CancellationReasons.Select(reason => reason.Code));
        Assert.Equal(
            "One or more parameter values were invalid: Type mismatch for key pk expected: S actual: N",
            cancelled.CancellationReasons[1].Message
        );
        Assert.Empty(await table.GetAsync("a") ?? []);
    }

    [Fact]
    public async Task Write_TokenOf37Characters_IsRefused()
    {
        await using var table = await TestTable.StartAsync();
        var request = new TransactWriteItemsRequest
        {
            ClientRequestToken = new string('t', 37),
            TransactItems =
            [
                new()
                {
                    Put = new() { TableName = TestTable.Name, Item = TestTable.Key("a") },
                },
            ],
        };

        var refusal = await Assert.ThrowsAsync<AmazonDynamoDBException>(() => table.Client.TransactWriteItemsAsync(request));

        Assert.Contains("'clientRequestToken'", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task TransactWrite_OneConditionFails_KeepsNothingAndTellsEachReason()
    {
        await using var table = await TestTable.StartAsync();
        await table.PutAsync("b", 1, ("v", new("old")));

        var cancelled = await Assert.ThrowsAsync<TransactionCanceledException>(() =>
            table.Client.TransactWriteItemsAsync(
                new()
                {
                    TransactItems =
                    [
                        Put("a"),
                        new()
                        {
                            ConditionCheck = new()
                            {
                                TableName = TestTable.Name,
                                Key = TestTable.Key("b"),
                                ConditionExpression = "attribute_not_exists(pk)",
                                ReturnValuesOnConditionCheckFailure = "ALL_OLD",
                            },
                        },
                        new()
                        {
                            Update = new()
                            {
                                TableName = TestTable.Name,
                                Key = TestTable.Key("c"),
                                UpdateExpression = "SET v = nowhere + :one",
                                ExpressionAttributeValues = new() { [":one"] = TestTable.Number(1) },
                            },
                        },
                    ],
                }
            )
        );

        Assert.Equal(["None", "ConditionalCheckFailed", "ValidationError"], cancelled.CancellationReasons.Select(reason => reason.Code));
        Assert.Equal("old", cancelled.CancellationReasons[1].Item["v"].S);
        Assert.Equal(
            "Transaction cancelled, please refer cancellation reasons for specific reasons [None, ConditionalCheckFailed, ValidationError]",
            cancelled.Message
        );
        Assert.Null(await table.GetAsync("a"));
    }

    [Fact]
    public async Task TransactWrite_RepeatedWithToken_WritesOnce()
    {
        await using var table = await TestTable.StartAsync();
        TransactWriteItemsRequest Request(string token) =>
            new()
            {
                ClientRequestToken = token,
                TransactItems =
                [
                    new()
                    {
                        Update = new()
                        {
                            TableName = TestTable.Name,
                            Key = TestTable.Key("a"),
                            UpdateExpression = "ADD n :one",
                            ExpressionAttributeValues = new() { [":one"] = TestTable.Number(1) },
                        },
                    },
                ],
            };

        await table.Client.TransactWriteItemsAsync(Request("token-1"));
        await table.Client.TransactWriteItemsAsync(Request("token-1"));
        await table.Client.TransactWriteItemsAsync(Request("token-2"));

        Assert.Equal("2", (await table.GetAsync("a"))!["n"].N);
        var other = Request("token-1");
        other.TransactItems.Add(Put("z"));
        await Assert.ThrowsAsync<IdempotentParameterMismatchException>(() => table.Client.TransactWriteItemsAsync(other));
    }

    [Fact]
    public async Task TransactWrite_TwiceOnOneItem_IsRefused()
    {
        await using var table = await TestTable.StartAsync();

        var refusal = await Assert.ThrowsAnyAsync<Amazon.DynamoDBv2.AmazonDynamoDBException>(() =>
            table.Client.TransactWriteItemsAsync(new() { TransactItems = [Put("a"), Put("a")] })
        );

        Assert.Equal("Transaction request cannot include multiple operations on one item", refusal.Message);
    }

    [Fact]
    public async Task TransactGet_MissingItem_AnswersInOrder()
    {
        await using var table = await TestTable.StartAsync();
        await table.PutAsync("b", 1, ("v", new("x")), ("w", new("y")));

        var answer = await table.Client.TransactGetItemsAsync(
            new()
            {
                TransactItems =
                [
                    new()
                    {
                        Get = new() { TableName = TestTable.Name, Key = TestTable.Key("a") },
                    },
                    new()
                    {
                        Get = new()
                        {
                            TableName = TestTable.Name,
                            Key = TestTable.Key("b"),
                            ProjectionExpression = "v",
                        },
                    },
                ],
            }
        );

        Assert.Empty(answer.Responses[0].Item ?? []);
        Assert.Equal("x", Assert.Single(answer.Responses[1].Item).Value.S);
    }

    [Fact]
    public async Task TransactWrite_WithIndex_IsMeteredTwiceButForTheIndex()
    {
        await using var table = await TestTable.StartAsync();

        await table.Client.TransactWriteItemsAsync(
            new()
            {
                TransactItems =
                [
                    new()
                    {
                        Put = new()
                        {
                            TableName = TestTable.Name,
                            Item = new(TestTable.Key("a")) { ["g"] = new("x"), ["body"] = new(new string('b', 1500)) },
                        },
                    },
                    new()
                    {
                        ConditionCheck = new()
                        {
                            TableName = TestTable.Name,
                            Key = TestTable.Key("b"),
                            ConditionExpression = "attribute_not_exists(pk)",
                        },
                    },
                ],
            }
        );

        // Two KB and one check twice, and one index entry.
        Assert.Equal((2 * (2 + 1)) + 1, table.Host.Host.MeterTotals["dynamodb.writeRequestUnit"]);
    }

    private static TransactWriteItem Put(string pk) =>
        new()
        {
            Put = new() { TableName = TestTable.Name, Item = TestTable.Key(pk) },
        };
}
