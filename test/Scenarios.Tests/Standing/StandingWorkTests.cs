using FairShare.Backup.Records;
using FairShare.Client.Backup.Deleting;
using FairShare.Client.Backup.Standing;
using FairShare.Client.Http;
using FairShare.Contracts.Backup;
using FairShare.Contracts.Standing;
using Xunit;

namespace FairShare.Scenarios.Tests.Standing;

/// <summary>What is carried to peers while the owner is away, by the workflow of a coordinator and over HTTP.</summary>
[Collection(StandingWorld.Collection)]
public sealed class StandingWorkTests(StandingWorld world)
{
    private static readonly TimeSpan Day = TimeSpan.FromDays(1);
    private static readonly TimeSpan Hour = TimeSpan.FromHours(1);

    [Fact]
    public async Task Delete_APeerWasAway_IsDeletedByTheWorkflowWhenItReturns()
    {
        var backup = await world.CreateAsync();
        await world.StopAsync("p4");
        var deleted = await new BackupDeletion(world.Session).RunAsync(backup, TestContext.Current.CancellationToken);
        Assert.Equal("p4", Assert.Single(deleted.Failures).Peer.Name);
        var note = await world.HandOverAsync(
            await StandingOrders.DeleteAsync(backup, [world.Peer("p4")], Day, TestContext.Current.CancellationToken)
        );
        // Away for the whole of a round, and for the next.
        var away = await world.UntilAsync(note, Hour, view => view is { Round: 3 });
        Assert.Equal("unreachable", world.Read(note, away)["p4"].Outcome);
        await world.StartAsync("p4");
        Assert.Equal(StoredAt("p4"), await StandingAsync(backup, "p4"));

        var done = await world.UntilAsync(note, Hour, view => view.State == "done");
        Assert.Equal("deleted", world.Read(note, done)["p4"].Outcome);
        Assert.Equal(PeerProblems.BackupDeleted.Code, await StandingAsync(backup, "p4"));
    }

    [Fact]
    public async Task Check_ABodyIsDamagedBetweenTwoRounds_IsSeenByTheOwner()
    {
        // Each peer reads its body in three pieces.
        var backup = await world.CreateAsync(world.Session, BackupScheme.Sss, 5 * StandingWorld.Piece / 2);
        var (work, roots) = await new StandingOrders(world.Session).ProveAsync(backup, Day, TestContext.Current.CancellationToken);
        var checks = world.Metrics.Total("FairShare", "BackupChecks");
        var note = await world.HandOverAsync(work, roots);
        var first = await world.UntilAsync(note, TimeSpan.Zero, view => view is { Round: 2 });
        Assert.All(world.Read(note, first).Values, finding => Assert.Equal("good", finding.Outcome));

        await world.DamageAsync("p2", backup);
        world.Time.Advance(Day);
        var second = await world.UntilAsync(note, TimeSpan.FromSeconds(1), view => view is { Round: 3 });
        Assert.Equal(["p2"], world.Read(note, second).Values.Where(one => one.Outcome == "damaged").Select(one => one.Peer));
        Assert.Equal(4, world.Read(note, second).Values.Count(one => one.Outcome == "good"));
        // Bodies that were read to their ends, also the damaged one; the pieces between are not counted.
        Assert.Equal(2 * 5, world.Metrics.Total("FairShare", "BackupChecks") - checks);
    }

    // More pieces than the workflow retries other failures.
    [Fact]
    public async Task Check_EachPieceTakesAsLongAsTheFunctionHas_IsGoneOnWithByTheWorkflow()
    {
        const int pieces = 12;
        var backup = await world.CreateAsync(world.Session, BackupScheme.Sss, pieces * StandingWorld.Piece);
        var (work, roots) = await new StandingOrders(world.Session).ProveAsync(backup, Day, TestContext.Current.CancellationToken);
        var said = new List<bool>();
        await using var slow = new AlteredPeer(
            world.Peer("p1").Peer.Url,
            call =>
            {
                said.Add(call.Asked.Contains("\"said\"", StringComparison.Ordinal));
                world.Time.Advance(TimeSpan.FromSeconds(36));
                return call.Said;
            }
        );
        var peers = work.Peers.Select((peer, place) => place == 0 ? peer with { Url = slow.Url } : peer with { Order = null });
        var note = await world.HandOverAsync(work with { Peers = [.. peers] }, roots);

        var view = await world.UntilAsync(note, TimeSpan.FromSeconds(1), one => one is { Round: 2 });

        Assert.Equal("good", world.Read(note, view)["p1"].Outcome);
        // A body is a little longer than what is in it, so there is one piece more; each goes on from the one before.
        Assert.Equal([false, .. Enumerable.Repeat(true, pieces)], said);
    }

    [Fact]
    public async Task Refresh_OnePeerAbsent_RunsThroughAllStepsAndTheNextRoundToo()
    {
        var backup = await world.CreateAsync();
        var work = await new StandingOrders(world.Session).RefreshAsync(backup, Day, TestContext.Current.CancellationToken);
        await world.StopAsync("p5");
        var note = await world.HandOverAsync(work);
        var first = await world.UntilAsync(note, Hour, view => view is { Round: 2 });
        await world.StartAsync("p5");
        var findings = world.Read(note, first);
        Assert.Equal("unreachable", findings["p5"].Outcome);
        Assert.Equal(4, findings.Values.Count(one => one.Outcome == "refreshed"));
        var held = await world.RestoreAsync(backup);
        Assert.Equal([1L, 1, 1, 1, 0], held.Held.Select(one => one.Answer.Epoch));

        // The order stands: it is good for the next refresh, which the peer that missed one cannot take part in.
        var second = await world.UntilAsync(note, Hour, view => view is { Round: 3 });
        Assert.Equal(PeerProblems.WrongEpoch.Code, world.Read(note, second)["p5"].Outcome);
        Assert.Equal([2L, 2, 2, 2, 0], (await world.RestoreAsync(backup)).Held.Select(one => one.Answer.Epoch));
    }

    [Fact]
    public async Task Refresh_TheOwnerHasRefreshedMeanwhile_FindsTheEpochAgain()
    {
        var backup = await world.CreateAsync();
        var work = await new StandingOrders(world.Session).RefreshAsync(backup, Day, TestContext.Current.CancellationToken);
        // One peer was away then, and says that nothing has changed.
        await new Client.Backup.Keeping.BackupRefresh(world.Without("p5")).RunAsync(backup, TestContext.Current.CancellationToken);
        world.Time.Advance(Day);
        var note = await world.HandOverAsync(work);
        await world.UntilAsync(note, Hour, view => view is { Round: 3 });
        Assert.Equal([2L, 2, 2, 2, 0], (await world.RestoreAsync(backup)).Held.Select(one => one.Answer.Epoch));
    }

    [Fact]
    public async Task Work_Withdrawn_IsCarriedNoMore()
    {
        var backup = await world.CreateAsync();
        var (work, roots) = await new StandingOrders(world.Session).ProveAsync(backup, Day, TestContext.Current.CancellationToken);
        var note = await world.HandOverAsync(work, roots);
        await world.UntilAsync(note, TimeSpan.Zero, view => view is { Round: 2 });
        var id = FairShare.Backup.Standing.StandingWorkId.Parse(note.Id);
        Assert.Equal("withdrawn", (await world.Coordinator.CallAsync(StandingRoutes.WithdrawWork, id, default)).State);
        world.Time.Advance(3 * Day);
        await Task.Delay(TimeSpan.FromMilliseconds(300), TestContext.Current.CancellationToken);
        var view = await world.ViewAsync(note);
        Assert.Equal(("withdrawn", 2), (view.State, view.Round));
        Assert.All(view.Answers, answer => Assert.Equal(1, answer.Round));
        Assert.All(world.Read(note, view).Values, finding => Assert.True(finding.IsLate));
    }

    [Fact]
    public async Task Work_WhoseOrdersExpire_Ends()
    {
        var backup = await world.CreateAsync();
        await world.StopAsync("p1");
        var note = await world.HandOverAsync(
            await StandingOrders.DeleteAsync(backup, [world.Peer("p1")], TimeSpan.FromDays(20), TestContext.Current.CancellationToken)
        );
        await world.UntilAsync(note, TimeSpan.FromHours(12), view => view.State == "expired");
        await world.StartAsync("p1");
        Assert.Equal(StoredAt("p1"), await StandingAsync(backup, "p1"));
    }

    private static string StoredAt(string name) => $"stored at {name}";

    /// <summary>Whether a peer has its share, or why not.</summary>
    private async Task<string> StandingAsync(BackupId backup, string name)
    {
        try
        {
            await world.Peer(name).OrderAsync(PeerRoutes.ReleaseShare, backup, new ReleaseRequest(), default);
            return StoredAt(name);
        }
        catch (FairShareProblem problem)
        {
            return problem.Code;
        }
    }
}
