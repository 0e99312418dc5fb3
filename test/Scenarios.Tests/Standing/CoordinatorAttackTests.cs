using System.Net;
using System.Text.Json;
using System.Text.Json.Nodes;
using FairShare.Backup.Records;
using FairShare.Backup.Standing;
using FairShare.Client.Backup.Keeping;
using FairShare.Client.Backup.Standing;
using FairShare.Client.Http;
using FairShare.Contracts;
using FairShare.Contracts.Backup;
using FairShare.Contracts.Http;
using FairShare.Contracts.Standing;
using Xunit;

namespace FairShare.Scenarios.Tests.Standing;

/// <summary>
/// What whoever holds an owner's standing orders can do with them, by the peers' own APIs: carry them or not. Whatever else is tried, the
/// peers keep what they kept.
/// </summary>
[Collection(StandingWorld.Collection)]
public sealed class CoordinatorAttackTests(StandingWorld world)
{
    private static readonly TimeSpan Day = TimeSpan.FromDays(1);

    [Fact]
    public async Task Order_AlteredOrGivenElsewhere_IsRefused()
    {
        var (backup, other) = (await world.CreateAsync(), await world.CreateAsync());
        var order = (await RefreshOrdersAsync(backup)).Peers[0].Order! with { Said = Said(new RefreshProgress(0, [])) };
        var deletion = (await StandingOrders.DeleteAsync(backup, [world.Peer("p1")], Day, default)).Peers[0].Order!;
        var cut = order.Order[..^10] + (order.Order[^10] == 'A' ? 'B' : 'A') + order.Order[^9..];
        Assert.Equal("bad-signature", await RefusedAsync("p1", PeerRoutes.DealRefresh, backup, order with { Order = cut }));
        Assert.Equal("order-content-differs", await RefusedAsync("p1", PeerRoutes.DealRefresh, backup, order with { Content = "{ }" }));
        Assert.Equal("order-for-another-peer", await RefusedAsync("p2", PeerRoutes.DealRefresh, backup, order));
        Assert.Equal("order-for-another-backup", await RefusedAsync("p1", PeerRoutes.DealRefresh, other, order));
        // An order to refresh deletes, proves, releases and aborts nothing, and no other order refreshes.
        Assert.Equal("order-for-another-action", await RefusedAsync("p1", PeerRoutes.DeleteShare, backup, order));
        Assert.Equal("order-for-another-action", await RefusedAsync("p1", PeerRoutes.ProveShare, backup, order));
        Assert.Equal("order-for-another-action", await RefusedAsync("p1", PeerRoutes.ReleaseShare, backup, order));
        Assert.Equal("order-for-another-action", await RefusedAsync("p1", PeerRoutes.AbortRefresh, backup, order));
        Assert.Equal(
            "order-for-another-action",
            await RefusedAsync("p1", PeerRoutes.DealRefresh, backup, deletion with { Said = order.Said })
        );
        Assert.Equal(
            "order-for-another-action",
            await RefusedAsync("p1", PeerRoutes.ApplyRefresh, backup, deletion with { Said = order.Said })
        );
        await RequireUntouchedAsync(backup, epoch: 0);
    }

    // Else it would be asked for ever, and the round would not end.
    [Theory]
    [InlineData(false, false, "bad-answer", 1)]
    [InlineData(true, false, "bad-answer", 2)]
    [InlineData(true, true, "proof-outdated", 8)]
    public async Task Proof_ThatDoesNotGoOn_IsToldAndTheRoundEnds(bool isSigned, bool restarts, string outcome, int calls)
    {
        var backup = await world.CreateAsync(world.Session, BackupScheme.Sss, isSigned ? 2 * StandingWorld.Piece : 40_000);
        var (work, roots) = await new StandingOrders(world.Session).ProveAsync(backup, Day, default);
        var said = isSigned
            ? await GiveAsync("p1", PeerRoutes.ProveShare, backup, work.Peers[0].Order!)
            : new ProofAnswer(new string('x', 3000), [], false);
        var piece = (HttpStatusCode.OK, JsonSerializer.Serialize(said, ContractJson.Lenient.TypeOf<ProofAnswer>()));
        var refusal = (HttpStatusCode.Conflict, """{"code":"proof-outdated","title":"","status":409,"detail":"","type":""}""");
        await using var liar = restarts ? new SamePeer(piece, refusal) : new SamePeer(piece);
        var peers = work.Peers.Select((peer, place) => place == 0 ? peer with { Url = liar.Url } : peer);
        var note = await world.HandOverAsync(work with { Peers = [.. peers] }, roots);
        var view = await world.UntilAsync(note, TimeSpan.Zero, one => one is { Round: 2 } || liar.Calls > 20);
        Assert.Equal((2, calls), (view.Round, liar.Calls));
        var outcomes = world.Read(note, view).Values.Select(one => one.Outcome);
        Assert.Equal([outcome, "good", "good", "good", "good"], outcomes);
        await world.Coordinator.CallAsync(StandingRoutes.WithdrawWork, StandingWorkId.Parse(note.Id), default);
    }

    // Else one peer keeps the others from ever refreshing: they refuse an order that has something else in it than records.
    [Theory]
    [InlineData("keys", "{")]
    [InlineData("keys", """{"record":"e30.e30.e30","attempt":4294967295}""")]
    [InlineData("accusations", """{"records":[null]}""")]
    [InlineData("openings", """{"records":["e30.e30.e30",null]}""")]
    [InlineData("accusations", "long")]
    public async Task Refresh_OnePeerAnswersWithSomethingElse_GoesOnWithTheOthers(string step, string answer)
    {
        var backup = await world.CreateAsync();
        var work = await RefreshOrdersAsync(backup);
        var garbage = answer == "long" ? $$"""{"records":["{{new string('x', 200_000)}}"]}""" : answer;
        await using var liar = new AlteredPeer(work.Peers[0].Url!, call => call.Action == step ? garbage : call.Said);
        var note = await world.HandOverAsync(work with { Peers = [work.Peers[0] with { Url = liar.Url }, .. work.Peers.Skip(1)] });

        var view = await world.UntilAsync(note, TimeSpan.Zero, one => one is { Round: 2 });

        var outcomes = world.Read(note, view);
        Assert.Equal(
            ["refreshed", "refreshed", "refreshed", "refreshed"],
            StandingWorld.Names.Skip(1).Select(name => outcomes[name].Outcome)
        );
        await world.Coordinator.CallAsync(StandingRoutes.WithdrawWork, StandingWorkId.Parse(note.Id), default);
    }

    // A page of whoever stands between is no receipt.
    [Theory]
    [InlineData("<html>Sign in</html>")]
    [InlineData("""{"record":"e30.e30.e30"}""")]
    public async Task Delete_AnsweredByAPage_IsAskedAgain(string page)
    {
        var backup = await world.CreateAsync();
        await using var between = new SamePeer((HttpStatusCode.OK, page));
        var work = await StandingOrders.DeleteAsync(backup, [world.Peer("p1")], Day, default);
        var note = await world.HandOverAsync(work with { Peers = [work.Peers[0] with { Url = between.Url }] });

        var view = await world.UntilAsync(note, TimeSpan.Zero, one => one is not { State: "active", Round: 1 });

        Assert.Equal(("active", "bad-answer"), (view.State, world.Read(note, view)["p1"].Outcome));
        await world.Coordinator.CallAsync(StandingRoutes.WithdrawWork, StandingWorkId.Parse(note.Id), default);
    }

    [Fact]
    public async Task Order_CarriedAgain_ChangesNothing()
    {
        var backup = await world.CreateAsync();
        var note = await world.HandOverAsync(await RefreshOrdersAsync(backup));
        await world.UntilAsync(note, TimeSpan.Zero, view => view is { Round: 2 });
        var deal = note.Work.Peers[0].Order! with { Said = Said(new RefreshProgress(1, [.. note.Work.Peers.Select(peer => peer.Seal)])) };
        Assert.Equal(PeerProblems.TooSoon.Code, await RefusedAsync("p1", PeerRoutes.DealRefresh, backup, deal));
        var old = note.Work.Peers[0].Order! with { Said = Said(new RefreshProgress(0, [.. note.Work.Peers.Select(peer => peer.Seal)])) };
        Assert.Equal(PeerProblems.WrongEpoch.Code, await RefusedAsync("p1", PeerRoutes.DealRefresh, backup, old));

        // Nor is a key made beforehand, for an epoch that will be or for a refresh that is not due: it could be read meanwhile.
        Assert.Equal(PeerProblems.TooSoon.Code, await RefusedAsync("p1", PeerRoutes.OfferKey, backup, deal));
        var later = deal with { Said = Said(new RefreshProgress(2, [])) };
        Assert.Equal(PeerProblems.WrongEpoch.Code, await RefusedAsync("p1", PeerRoutes.OfferKey, backup, later));
        await RequireUntouchedAsync(backup, epoch: 1);
    }

    [Fact]
    public async Task Refresh_ToldWithoutACertificate_LeavesTheOldShares()
    {
        var backup = await world.CreateAsync();
        var work = await RefreshOrdersAsync(backup);
        var said = new RefreshProgress(0, [.. work.Peers.Select(peer => peer.Seal)]);
        var keys = new List<string>();
        foreach (var name in StandingWorld.Names)
        {
            keys.Add((await GiveAsync(name, PeerRoutes.OfferKey, backup, Order(work, name, said))).Record);
        }

        said = said with { Keys = keys };
        var deals = new List<string>();
        foreach (var name in StandingWorld.Names)
        {
            deals.Add((await GiveAsync(name, PeerRoutes.DealRefresh, backup, Order(work, name, said))).Record);
        }

        // One deal of another backup's refresh, and a made-up one, count for nothing.
        var foreign = await RefreshOrdersAsync(await world.CreateAsync());
        said = said with { Deals = [.. deals], Accusations = [], Openings = [] };
        var prepared = new List<string>();
        foreach (var name in StandingWorld.Names.Take(3))
        {
            prepared.Add((await GiveAsync(name, PeerRoutes.PrepareRefresh, backup, Order(work, name, said))).Record);
        }

        // Three of five have prepared, and four must have.
        var certificate = said with
        {
            Prepared = [.. prepared, prepared[0], foreign.Peers[0].Order!.Order],
        };
        foreach (var name in StandingWorld.Names.Take(3))
        {
            Assert.NotNull(await RefusedAsync(name, PeerRoutes.ApplyRefresh, backup, Order(work, name, certificate)));
        }

        // Who prepared one transcript prepares no other.
        var without = said with
        {
            Deals = [.. deals.Take(4)],
            Prepared = null,
        };
        Assert.NotNull(await RefusedAsync("p1", PeerRoutes.PrepareRefresh, backup, Order(work, "p1", without)));
        await RequireUntouchedAsync(backup, epoch: 0);
    }

    [Fact]
    public async Task Answer_ForgedOrHeldBack_IsSeenByTheOwner()
    {
        var backup = await world.CreateAsync();
        var (work, roots) = await new StandingOrders(world.Session).ProveAsync(backup, Day, default);
        var note = await world.HandOverAsync(work, roots);
        var view = await world.UntilAsync(note, TimeSpan.Zero, one => one is { Round: 2 });
        var honest = view.Answers[0];
        var swapped = view.Answers[1] with { Peer = honest.Peer };
        var report = new StandingReport(note, world.Time.GetUtcNow());
        Assert.Equal("good", report.Read([honest])[honest.Peer - 1].Outcome);
        Assert.Equal("bad-answer", report.Read([swapped])[honest.Peer - 1].Outcome);
        Assert.Equal("bad-answer", report.Read([honest with { Answer = """{"record":"e30.e30.e30"}""" }])[honest.Peer - 1].Outcome);
        // Nor one whose seal has signed a time that is none.
        var members = BackupRecord.Parse(JsonNode.Parse(honest.Answer)!["record"]!.ToString(), RecordKind.IntegrityProof).Members;
        var seal = world.Insider(StandingWorld.Names[honest.Peer - 1]);
        var timeless = $$"""{"record":"{{await seal.SealAsync(RecordKind.IntegrityProof, members.With("begun", "never"))}}"}""";
        Assert.Equal("bad-answer", report.Read([honest with { Answer = timeless }])[honest.Peer - 1].Outcome);
        // A true answer to another order of the same owner is none to this.
        var other = note with
        {
            Work = (await new StandingOrders(world.Session).ProveAsync(backup, Day, default)).Work,
        };
        Assert.Equal("bad-answer", new StandingReport(other, world.Time.GetUtcNow()).Read([honest])[honest.Peer - 1].Outcome);
        // An answer of today, told as one of the day after tomorrow, has the time that the peer signed.
        var later = new StandingReport(note, world.Time.GetUtcNow() + (3 * Day));
        var stale = later.Read([honest with { Round = 4, At = world.Time.GetUtcNow() + (3 * Day) }])[honest.Peer - 1];
        Assert.Equal(("good", true), (stale.Outcome, stale.IsLate));
        Assert.True(stale.At < world.Time.GetUtcNow());
        Assert.Equal(("nothing", true), later.Read([])[0] is var none ? (none.Outcome, none.IsLate) : default);
        // The root of another body would be damage.
        Assert.Equal(
            "damaged",
            new StandingReport(note with { Roots = [.. roots.Reverse()] }, world.Time.GetUtcNow()).Read(view.Answers)[0].Outcome
        );
    }

    // Else good pieces of long ago would hide that a body is damaged since.
    [Fact]
    public async Task Proof_OfPiecesThatWereReadLongAgo_BeginsAnew()
    {
        var backup = await world.CreateAsync(world.Session, BackupScheme.Sss, 2 * StandingWorld.Piece);
        var order = (await new StandingOrders(world.Session).ProveAsync(backup, Day, default)).Work.Peers[0].Order!;
        var first = await GiveAsync("p1", PeerRoutes.ProveShare, backup, order);
        Assert.False(first.IsOver);
        world.Time.Advance(Day);
        var later = order with { Said = first.Record };
        Assert.Equal(PeerProblems.ProofOutdated.Code, await RefusedAsync("p1", PeerRoutes.ProveShare, backup, later));
        Assert.False((await GiveAsync("p1", PeerRoutes.ProveShare, backup, order)).IsOver);
    }

    private async Task RequireUntouchedAsync(BackupId backup, long epoch)
    {
        var held = await world.RestoreAsync(backup);
        Assert.Equal(Enumerable.Repeat(epoch, 5), held.Held.Select(one => one.Answer.Epoch));
        Assert.All((await new BackupCheck(world.Session).RunAsync(backup, default)).Peers, peer => Assert.True(peer.IsGood));
    }

    private Task<StandingWork> RefreshOrdersAsync(BackupId backup) => new StandingOrders(world.Session).RefreshAsync(backup, Day, default);

    private static PeerOrder Order(StandingWork work, string name, RefreshProgress said) =>
        work.Peers[StandingWorld.Names.ToList().IndexOf(name)].Order! with
        {
            Said = Said(said),
        };

    private static string Said(RefreshProgress said) => JsonSerializer.Serialize(said, ContractJson.Lenient.TypeOf<RefreshProgress>());

    private Task<TAnswer> GiveAsync<TAnswer>(string name, Route<BackupId, PeerOrder, TAnswer> route, BackupId backup, PeerOrder order) =>
        world.Peer(name).GiveAsync(route, backup, order, default);

    private async Task<string> RefusedAsync<TAnswer>(
        string name,
        Route<BackupId, PeerOrder, TAnswer> route,
        BackupId backup,
        PeerOrder order
    ) => (await Assert.ThrowsAsync<FairShareProblem>(() => GiveAsync(name, route, backup, order))).Code;
}
