using Amazon.DynamoDBv2;
using Amazon.DynamoDBv2.Model;
using TemplateHost.Hosting;
using TemplateHost.Testing;
using Xunit;

namespace TemplateHost.Tests.DynamoDb;

/// <summary>
/// What meets a transaction under way: https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/transaction-apis.html.
/// </summary>
public sealed class TransactionConflictTests : IAsyncLifetime
{
    private readonly HeldWrites writes = new();
    private SdkHost host = null!;
    private AmazonDynamoDBClient client = null!;

    public async ValueTask InitializeAsync()
    {
        host = await SdkHost.StartAsync(TestTable.Template, writes.On(new EmbeddedHostOptions()));
        client = new AmazonDynamoDBClient(host.Root, host.Configure(new AmazonDynamoDBConfig()));
        await client.PutItemAsync(TestTable.Name, TestTable.Key("a"));
        writes.Hold();
    }

    [Fact]
    public async Task Transaction_OverAnItemOfAnother_IsCancelled()
    {
        var first = await BeginAsync(Update("a"), Update("b"));

        var cancelled = await Assert.ThrowsAsync<TransactionCanceledException>(() => TransactAsync(Update("c"), Update("b")));

        Assert.Equal(["None", "TransactionConflict"], cancelled.CancellationReasons.Select(reason => reason.Code));
        Assert.Equal("Transaction is ongoing for the item", cancelled.CancellationReasons[1].Message);
        writes.Release();
        await first;
        await TransactAsync(Update("c"), Update("b"));
    }

    [Fact]
    public async Task Writes_OfAnItemOfATransaction_AreRefused()
    {
        var first = await BeginAsync(Update("a"));

        await Assert.ThrowsAsync<TransactionConflictException>(() => client.PutItemAsync(TestTable.Name, TestTable.Key("a")));
        await Assert.ThrowsAsync<TransactionConflictException>(() => client.DeleteItemAsync(TestTable.Name, TestTable.Key("a")));
        await Assert.ThrowsAsync<TransactionConflictException>(() =>
            client.UpdateItemAsync(new UpdateItemRequest { TableName = TestTable.Name, Key = TestTable.Key("a") })
        );
        var batch = await client.BatchWriteItemAsync(
            new BatchWriteItemRequest { RequestItems = new() { [TestTable.Name] = [new(new PutRequest(TestTable.Key("a")))] } }
        );
        Assert.Single(batch.UnprocessedItems[TestTable.Name]);

        writes.Release();
        await first;
        Assert.Equal("1", (await client.GetItemAsync(TestTable.Name, TestTable.Key("a"))).Item["n"].N);
        await client.PutItemAsync(TestTable.Name, TestTable.Key("a"));
    }

    [Fact]
    public async Task Reads_OfAnItemOfATransaction_SeeWhatWasBefore()
    {
        var first = await BeginAsync(Update("a"));

        Assert.False((await client.GetItemAsync(TestTable.Name, TestTable.Key("a"), consistentRead: true)).Item.ContainsKey("n"));
        var cancelled = await Assert.ThrowsAsync<TransactionCanceledException>(() => ReadAsync("b", "a"));
        Assert.Equal(["None", "TransactionConflict"], cancelled.CancellationReasons.Select(reason => reason.Code));

        writes.Release();
        await first;
        Assert.Equal("1", (await ReadAsync("b", "a")).Responses[1].Item["n"].N);
    }

    [Fact]
    public async Task Token_OfATransactionUnderWay_IsInProgress()
    {
        var first = await BeginAsync("token", Update("a"));

        await Assert.ThrowsAsync<TransactionInProgressException>(() => TransactAsync("token", Update("a")));

        writes.Release();
        await first;
        await TransactAsync("token", Update("a"));
        Assert.Equal("1", (await client.GetItemAsync(TestTable.Name, TestTable.Key("a"))).Item["n"].N);
    }

    [Fact]
    public async Task Transactions_OfOtherItems_DoNotMeet()
    {
        var first = await BeginAsync(Update("a"));
        var second = await BeginAsync(Update("b"));
        writes.Release();
        await Task.WhenAll(first, second);
    }

    public async ValueTask DisposeAsync()
    {
        writes.Release();
        client.Dispose();
        await host.DisposeAsync();
    }

    /// <summary>Sends a transaction, and lets it arrive.</summary>
    private Task<Task> BeginAsync(params TransactWriteItem[] items) => BeginAsync(null, items);

    private async Task<Task> BeginAsync(string? token, params TransactWriteItem[] items)
    {
        var before = writes.Arrived;
        var sent = TransactAsync(token, items);
        await Waiting.UntilAsync(() => Task.FromResult(writes.Arrived), arrived => arrived > before || sent.IsCompleted);
        Assert.False(sent.IsCompleted);
        return sent;
    }

    private Task<TransactWriteItemsResponse> TransactAsync(params TransactWriteItem[] items) => TransactAsync(null, items);

    private Task<TransactWriteItemsResponse> TransactAsync(string? token, params TransactWriteItem[] items) =>
        client.TransactWriteItemsAsync(new() { TransactItems = [.. items], ClientRequestToken = token });

    private Task<TransactGetItemsResponse> ReadAsync(params string[] keys) =>
        client.TransactGetItemsAsync(
            new()
            {
                TransactItems =
                [
                    .. keys.Select(key => new TransactGetItem
                    {
                        Get = new() { TableName = TestTable.Name, Key = TestTable.Key(key) },
                    }),
                ],
            }
        );

    private static TransactWriteItem Update(string key) =>
        new()
        {
            Update = new()
            {
                TableName = TestTable.Name,
                Key = TestTable.Key(key),
                UpdateExpression = "ADD n :one",
                ExpressionAttributeValues = new() { [":one"] = TestTable.Number(1) },
            },
        };
}
