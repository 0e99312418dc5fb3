using Amazon.DynamoDBv2;
using Amazon.DynamoDBv2.Model;
using FairShare.Aws.Parties;
using FairShare.Aws.Table;
using FairShare.Local.Hosting;
using FairShare.Local.Tests.Hosting;
using FairShare.Protocol.Identifiers;
using Xunit;

namespace FairShare.Local.Tests.DynamoDb;

/// <summary>The application's writes wait for other writers' transactions, and say so where these take too long.</summary>
public sealed class ContentionTests : IAsyncLifetime
{
    private const string Template =
        """
        { "Resources": { "Evidence": { "Type": "AWS::DynamoDB::Table", "Properties": {
          "TableName": "evidence", "BillingMode": "PAY_PER_REQUEST",
          "AttributeDefinitions": [ { "AttributeName": "pk", "AttributeType": "S" }, { "AttributeName": "sk", "AttributeType": "S" } ],
          "KeySchema": [ { "AttributeName": "pk", "KeyType": "HASH" }, { "AttributeName": "sk", "KeyType": "RANGE" } ] } } } }
        """;

    private static readonly PartyId Party = PartyId.Parse("00000000-0000-0000-0000-000000000001");
    private static readonly DateTimeOffset Due = new(2030, 1, 1, 0, 0, 0, TimeSpan.Zero);

    private readonly Nonce nonce = Nonce.New(new SystemRandomness());
    private HeldStore store = null!;
    private SdkHost host = null!;
    private AmazonDynamoDBClient client = null!;
    private PartyKeyRepository keys = null!;

    public async ValueTask InitializeAsync()
    {
        host = await SdkHost.StartAsync(Template, new EmbeddedHostOptions { DecorateStore = inner => store = new HeldStore(inner) });
        client = new AmazonDynamoDBClient(host.Root, host.Configure(new AmazonDynamoDBConfig()));
        keys = new(new EvidenceTable(client, "evidence", new ConflictRetry(TimeProvider.System, new SystemRandomness())));
        await keys.IssueNonceAsync(Party, nonce, Due, default);
    }

    [Fact]
    public async Task Write_OfAnItemOfATransaction_IsRepeatedUntilItIsOver()
    {
        var transaction = await TakeNonceAwayAsync();

        var write = keys.IssueNonceAsync(Party, nonce, Due, default);
        await Task.Delay(5);
        store.Release();

        await Task.WhenAll(transaction, write);
        Assert.Single((await client.ScanAsync(new ScanRequest("evidence"))).Items);
    }

    [Fact]
    public async Task Write_OfAnItemOfALongTransaction_IsContention()
    {
        var transaction = await TakeNonceAwayAsync();

        var contention = await Assert.ThrowsAsync<ContentionException>(() => keys.IssueNonceAsync(Party, nonce, Due, default));

        Assert.IsType<TransactionConflictException>(contention.InnerException);
        store.Release();
        await transaction;
    }

    public async ValueTask DisposeAsync()
    {
        store.Release();
        client.Dispose();
        await host.DisposeAsync();
    }

    /// <summary>Starts a transaction over the nonce, which stays under way.</summary>
    private async Task<Task> TakeNonceAwayAsync()
    {
        var item = Assert.Single((await client.ScanAsync(new ScanRequest("evidence"))).Items);
        store.Hold();
        var sent = client.TransactWriteItemsAsync(new()
        {
            TransactItems = [new() { Delete = new() { TableName = "evidence", Key = new() { ["pk"] = item["pk"], ["sk"] = item["sk"] } } }],
        });
        await Task.WhenAny(sent, Task.Delay(200));
        Assert.False(sent.IsCompleted);
        return sent;
    }
}
