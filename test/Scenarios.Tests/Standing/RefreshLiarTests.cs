using System.Text.Json.Nodes;
using FairShare.Backup.Records;
using FairShare.Client.Backup.Keeping;
using FairShare.Client.Backup.Peers;
using FairShare.Client.Backup.Reading;
using FairShare.Contracts.Backup;
using FairShare.Core.Identifiers;
using Xunit;

namespace FairShare.Scenarios.Tests.Standing;

/// <summary>What one peer, or whoever carries the messages, can say in an owner's refresh: nothing that blocks it for good.</summary>
[Collection(StandingWorld.Collection)]
public sealed class RefreshLiarTests(StandingWorld world)
{
    private const long LastAttempt = uint.MaxValue - 1;

    // The others refuse an order with a null in a list, and one that is too long.
    [Theory]
    [InlineData("""{"records":[null]}""")]
    [InlineData("long")]
    public async Task Refresh_OnePeerAccusesWithSomethingElse_IsFinished(string answer)
    {
        var backup = await world.CreateAsync();
        var garbage = answer == "long" ? $$"""{"records":["{{new string('x', 3 << 20)}}"]}""" : answer;
        await using var liar = Before("p1", call => call.Action == "accusations" ? garbage : call.Said);

        var refreshed = await new BackupRefresh(With(("p1", liar))).RunAsync(backup, default);

        Assert.True(refreshed.Applied.Count >= 4);
    }

    // A signature costs the peer, and a hundred of them more time than it has.
    [Fact]
    public async Task Steps_ToldTheSameManyTimes_SignItOnce()
    {
        using var liar = new Liar();
        var session = world.Without("p5");
        var all = session with { Peers = new PeerGroup([.. session.Peers.Peers, world.Connect(liar.Note)]) };
        var backup = await world.CreateAsync(all, BackupScheme.Ida, 40_000, happy: 4);
        var manifest = (await ShareCollection.CollectAsync(session, backup, withKeys: false, default)).Manifest;
        var (peer, now) = (world.Peer("p1"), Timestamp.Truncate(world.Time.GetUtcNow()));
        var said = new RefreshProgress(0, [.. all.Peers.Peers.Select(one => one.Peer.Key)]);
        said = said with { Keys = [(await peer.OrderAsync(PeerRoutes.OfferKey, backup, said, default)).Record] };
        var own = (await peer.OrderAsync(PeerRoutes.DealRefresh, backup, said, default)).Record;
        var deal = RefreshRecords.ReadDeal(BackupRecord.Parse(own, RecordKind.RefreshDeal));
        string[] wrong = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => liar.DealAsync(manifest, deal.Keys, now)));
        string[] accusations = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => liar.AccuseAsync(manifest, 1, deal.Digest, now)));

        var judged = await peer.OrderAsync(PeerRoutes.JudgeDeals, backup, said with { Deals = [own, .. wrong, .. wrong] }, default);
        var opened = await peer.OrderAsync(PeerRoutes.OpenDeals, backup, said with { Accusations = accusations }, default);

        Assert.Equal((1, 1), (judged.Records.Count, opened.Records.Count));
    }

    [Fact]
    public async Task Refresh_OnePeerWaitsForACertificateForEver_GoesOnAndCanBeGivenUp()
    {
        var backup = await world.CreateAsync();
        await using var liar = new AlteredPeer(world.Peer("p5").Peer.Url, call => call.Said) { Loses = action => action == "applications" };
        RefreshProgress? noted = null;
        BackupRefresh Refresh() => new(With(("p5", liar))) { Certified = noted, Note = said => noted = said };
        Assert.Equal(4, (await Refresh().RunAsync(backup, default)).Applied.Count);
        Assert.NotNull(noted);
        world.Time.Advance(TimeSpan.FromDays(1));

        Assert.Equal(5, (await Refresh().AbortAsync(backup, default)).Count);
        var next = await Refresh().RunAsync(backup, default);
        Assert.Equal((2u, 4), (next.Epoch, next.Applied.Count));
    }

    [Fact]
    public async Task Refresh_APeerHasSignedTheEndOfAnotherEpoch_IsNamedAndTheOthersAreFinished()
    {
        var backup = await world.CreateAsync();
        string? old = null;
        await using var liar = Before("p5", call => call.Action == "applications" ? old ??= call.Said : call.Said);
        await new BackupRefresh(With(("p5", liar))).RunAsync(backup, default);
        world.Time.Advance(TimeSpan.FromDays(1));

        var next = await new BackupRefresh(With(("p5", liar))).RunAsync(backup, default);

        Assert.Equal((2u, 4), (next.Epoch, next.Applied.Count));
        Assert.Equal(("p5", "bad-answer"), Assert.Single(next.Failures) is var one ? (one.Peer.Name, one.Failure.Code) : default);
    }

    [Fact]
    public async Task Refresh_TheCarrierNamesTheLastAttempt_DoesNotUseUpTheNumbers()
    {
        var backup = await world.CreateAsync();
        string Name(SeenCall call) => call.Action == "releases" ? With(call.Said, "attempt", LastAttempt) : call.Said;
        var carriers = StandingWorld.Names.Select(name => (Name: name, Carrier: Before(name, Name))).ToArray();
        await Assert.ThrowsAsync<BackupProblem>(() => new BackupRefresh(With(carriers)).RunAsync(backup, default));
        await new BackupRefresh(With(carriers)).AbortAsync(backup, default);
        foreach (var (_, carrier) in carriers)
        {
            await carrier.DisposeAsync();
        }

        await new BackupRefresh(world.Session).AbortAsync(backup, default);
        var refreshed = await new BackupRefresh(world.Session).RunAsync(backup, default);
        Assert.Equal((1u, 5), (refreshed.Epoch, refreshed.Applied.Count));
    }

    [Fact]
    public async Task Refresh_TheCertificateReachesTwoWhileThreeAreAway_IsFinishedByTheNext()
    {
        var backup = await world.CreateAsync();
        RefreshProgress? noted = null;
        BackupRefresh Refresh(BackupSession session) => new(session) { Certified = noted, Note = said => noted = said };
        Assert.Empty((await LosingAsync(_ => action => action == "applications", Refresh, backup)).Applied);
        string[] away = ["p2", "p3", "p4"];
        Assert.Equal(2, (await LosingAsync(name => _ => away.Contains(name), Refresh, backup)).Applied.Count);
        Assert.NotNull(noted);

        var finished = await Refresh(world.Session).RunAsync(backup, default);

        Assert.Equal((1u, 3), (finished.Epoch, finished.Applied.Count));
        Assert.Null(noted);
        Assert.All((await world.RestoreAsync(backup)).Held, one => Assert.Equal(1, one.Answer.Epoch));
    }

    /// <summary>A refresh in which calls are lost on their way.</summary>
    private async Task<RefreshedBackup> LosingAsync(
        Func<string, Predicate<string>> loses,
        Func<BackupSession, BackupRefresh> refresh,
        BackupId backup
    )
    {
        var carriers = StandingWorld
            .Names.Select(name => (name, new AlteredPeer(world.Peer(name).Peer.Url, (SeenCall call) => call.Said) { Loses = loses(name) }))
            .ToArray();
        var refreshed = await refresh(With(carriers)).RunAsync(backup, default);
        foreach (var (_, carrier) in carriers)
        {
            await carrier.DisposeAsync();
        }

        return refreshed;
    }

    private static string With(string answer, string member, long value)
    {
        var said = JsonNode.Parse(answer)!.AsObject();
        said[member] = value;
        return said.ToJsonString();
    }

    private AlteredPeer Before(string name, Func<SeenCall, string> alter) => new(world.Peer(name).Peer.Url, alter);

    /// <summary>The owner, who reaches some peers through others.</summary>
    private BackupSession With(params (string Name, AlteredPeer Carrier)[] carriers) =>
        world.Session with
        {
            Peers = new PeerGroup([
                .. world.Session.Peers.Peers.Select(peer =>
                    carriers.FirstOrDefault(one => one.Name == peer.Peer.Name).Carrier is { } carrier
                        ? world.Connect(peer.Peer with { Url = carrier.Url })
                        : peer
                ),
            ]),
        };
}
