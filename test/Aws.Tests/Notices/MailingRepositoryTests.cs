using Amazon.DynamoDBv2;
using FairShare.Aws.Notices;
using FairShare.Aws.Table;
using FairShare.Core.Identifiers;
using TemplateHost.Testing;
using Xunit;

namespace FairShare.Aws.Tests.Notices;

/// <summary>Of two calls that want to mail the same party at once, one does, whatever they have read before.</summary>
public sealed class MailingRepositoryTests : IAsyncLifetime
{
    private static readonly WebhookId Party = WebhookId.Parse("AAAAAAAAAAAAAAAAAAAAAA");
    private static readonly DateTimeOffset Noon = new(2030, 1, 1, 12, 0, 0, TimeSpan.Zero);

    private SdkHost host = null!;
    private AmazonDynamoDBClient client = null!;
    private MailingRepository mailings = null!;

    public async ValueTask InitializeAsync()
    {
        host = await SdkHost.StartAsync(TestTable.Template);
        client = new AmazonDynamoDBClient(host.Root, host.Configure(new AmazonDynamoDBConfig()));
        mailings = new(new ItemTable(client, TestTable.Name, new ConflictRetry(TimeProvider.System, new SystemRandomness())));
    }

    public async ValueTask DisposeAsync()
    {
        client.Dispose();
        await host.DisposeAsync();
    }

    [Fact]
    public async Task TryClaim_OfAPartyThatWasNeverMailed_IsGivenToOne() => await RequireOneAsync();

    [Fact]
    public async Task TryClaim_AfterAMail_IsGivenToOne()
    {
        await mailings.NoteAsync((await ReadAsync()).Mailed(Noon), default);
        await RequireOneAsync();
    }

    [Fact]
    public async Task TryClaim_AfterAClaimThatLapsed_IsGivenToOne()
    {
        var standing = await ReadAsync();
        Assert.True(await mailings.TryClaimAsync(standing.Claim("who-never-came-back", Noon), standing, default));
        await RequireOneAsync();
    }

    [Fact]
    public async Task TryClaim_ByWhoReadBeforeAMail_IsRefused()
    {
        await mailings.NoteAsync((await ReadAsync()).Mailed(Noon.AddHours(-2)), default);
        var stale = await ReadAsync();
        await mailings.NoteAsync(stale.Mailed(Noon), default);

        Assert.False(await mailings.TryClaimAsync(stale.Claim("late", Noon), stale, default));
        Assert.Equal((Noon, null), ((await ReadAsync()).MailedAt, (await ReadAsync()).ClaimedBy));
    }

    private async Task RequireOneAsync()
    {
        var standing = await ReadAsync();
        var now = Noon.AddHours(2);

        Assert.True(await mailings.TryClaimAsync(standing.Claim("first", now), standing, default));
        Assert.False(await mailings.TryClaimAsync(standing.Claim("second", now.AddSeconds(1)), standing, default));

        var claimed = await ReadAsync();
        Assert.Equal(("first", standing.MailedAt), (claimed.ClaimedBy, claimed.MailedAt));
    }

    private Task<Mailing> ReadAsync() => mailings.ReadAsync(Party, "documents", default);
}
