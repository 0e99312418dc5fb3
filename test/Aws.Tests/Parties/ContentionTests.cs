using Amazon.DynamoDBv2;
using Amazon.DynamoDBv2.Model;
using FairShare.Aws.Parties;
using FairShare.Aws.Table;
using FairShare.Core.Identifiers;
using TemplateHost.Hosting;
using TemplateHost.Testing;
using Xunit;

namespace FairShare.Aws.Tests.Parties;

/// <summary>The application's writes wait for other writers' transactions, and say so where these take too long.</summary>
public sealed class ContentionTests : IAsyncLifetime
{
    private static readonly PartyId Party = PartyId.Parse("00000000-0000-0000-0000-000000000001");
    private static readonly DateTimeOffset Due = new(2030, 1, 1, 0, 0, 0, TimeSpan.Zero);

    private readonly Nonce nonce = Nonce.New(new SystemRandomness());
    private readonly ManualTime time = new();
    private volatile int conflicts;
    private readonly HeldWrites writes = new();
    private SdkHost host = null!;
    private AmazonDynamoDBClient client = null!;
    private PartyKeyRepository keys = null!;

    public async ValueTask InitializeAsync()
    {
        host = await SdkHost.StartAsync(
            TestTable.Template,
            writes.On(new EmbeddedHostOptions { Called = call => conflicts += call.Outcome == "TransactionConflictException" ? 1 : 0 })
        );
        client = new AmazonDynamoDBClient(host.Root, host.Configure(new AmazonDynamoDBConfig()));
        keys = new(new ItemTable(client, TestTable.Name, new ConflictRetry(time, new SystemRandomness())));
        await keys.IssueNonceAsync(Party, nonce, Due, default);
    }

    [Fact]
    public async Task Write_OfAnItemOfATransaction_IsRepeatedUntilItIsOver()
    {
        var transaction = await TakeNonceAwayAsync();

        var write = keys.IssueNonceAsync(Party, nonce, Due, default);
        await Waiting.UntilAsync(() => Task.FromResult(conflicts), met => met > 0);
        writes.Release();
        await transaction;

        await AdvanceUntilAsync(write);
        Assert.Single((await client.ScanAsync(new ScanRequest(TestTable.Name))).Items);
    }

    [Fact]
    public async Task Write_OfAnItemOfALongTransaction_IsContention()
    {
        var transaction = await TakeNonceAwayAsync();

        var write = keys.IssueNonceAsync(Party, nonce, Due, default);
        var contention = await Assert.ThrowsAsync<ContentionException>(() => AdvanceUntilAsync(write));

        Assert.IsType<TransactionConflictException>(contention.InnerException);
        writes.Release();
        await transaction;
    }

    public async ValueTask DisposeAsync()
    {
        writes.Release();
        client.Dispose();
        await host.DisposeAsync();
    }

    /// <summary>Moves the clock by which the write pauses, until it has ended.</summary>
    private async Task AdvanceUntilAsync(Task write)
    {
        while (!write.IsCompleted)
        {
            time.Advance(TimeSpan.FromSeconds(1));
            await Task.Delay(1);
        }

        await write;
    }

    /// <summary>Starts a transaction over the nonce, which stays under way.</summary>
    private async Task<Task> TakeNonceAwayAsync()
    {
        var item = Assert.Single((await client.ScanAsync(new ScanRequest(TestTable.Name))).Items);
        writes.Hold();
        var sent = client.TransactWriteItemsAsync(
            new()
            {
                TransactItems =
                [
                    new()
                    {
                        Delete = new()
                        {
                            TableName = TestTable.Name,
                            Key = new() { ["pk"] = item["pk"], ["sk"] = item["sk"] },
                        },
                    },
                ],
            }
        );
        await Waiting.UntilAsync(() => Task.FromResult(writes.Arrived), arrived => arrived > 0 || sent.IsCompleted);
        Assert.False(sent.IsCompleted);
        return sent;
    }
}
