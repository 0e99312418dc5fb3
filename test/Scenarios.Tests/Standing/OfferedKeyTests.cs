using FairShare.Backup.Records;
using FairShare.Client.Backup.Keeping;
using FairShare.Client.Http;
using FairShare.Contracts.Backup;
using Xunit;

namespace FairShare.Scenarios.Tests.Standing;

/// <summary>A peer's key for one refresh or one repair: the same until that ends, and erased then.</summary>
[Collection(StandingWorld.Collection)]
public sealed class OfferedKeyTests(StandingWorld world)
{
    [Fact]
    public async Task Key_OfARefresh_IsErasedWhenItEndsIsGivenUpOrComesTooSoon()
    {
        var backup = await world.CreateAsync();
        var first = await OfferAsync(backup, 0);
        Assert.Equal(first, await OfferAsync(backup, 0));
        await new BackupRefresh(world.Session).AbortAsync(backup, default);
        var second = await OfferAsync(backup, 0);
        Assert.NotEqual(first, second);

        await new BackupRefresh(world.Session).RunAsync(backup, default);
        Assert.Equal(PeerProblems.WrongEpoch.Code, await RefusedAsync(() => OfferAsync(backup, 0)));
        var third = await OfferAsync(backup, 1);
        Assert.NotEqual(second, third);
        var deal = new RefreshProgress(1, [.. world.Session.Peers.Peers.Select(peer => peer.Peer.Key)]);
        Assert.Equal(
            PeerProblems.TooSoon.Code,
            await RefusedAsync(() => world.Peer("p1").OrderAsync(PeerRoutes.DealRefresh, backup, deal, default))
        );
        Assert.NotEqual(third, await OfferAsync(backup, 1));
    }

    [Fact]
    public async Task Key_WithWhichNothingIsPreparedForADay_IsReplaced()
    {
        var backup = await world.CreateAsync();
        var first = await OfferAsync(backup, 0);
        world.Time.Advance(TimeSpan.FromHours(23));
        Assert.Equal(first, await OfferAsync(backup, 0));
        world.Time.Advance(TimeSpan.FromHours(1));
        Assert.NotEqual(first, await OfferAsync(backup, 0));
    }

    private async Task<string> OfferAsync(BackupId backup, long epoch)
    {
        var peer = world.Peer("p1");
        var answer = await peer.OrderAsync(PeerRoutes.OfferKey, backup, new RefreshProgress(epoch, []), default);
        var record = peer.Read(answer.Record, RecordKind.EphemeralKey, backup);
        Assert.Equal(epoch, record.Members.Number("epoch"));
        return Convert.ToHexString(RefreshRecords.ReadKey(record, 1).Key.Span);
    }

    private static async Task<string> RefusedAsync(Func<Task> call) => (await Assert.ThrowsAsync<FairShareProblem>(call)).Code;
}
