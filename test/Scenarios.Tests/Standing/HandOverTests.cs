using FairShare.Backup.Standing;
using FairShare.Client.Backup.Standing;
using FairShare.Client.Http;
using FairShare.Contracts.Standing;
using FairShare.Core.Identifiers;
using Xunit;

namespace FairShare.Scenarios.Tests.Standing;

/// <summary>What a coordinator takes, and what it refuses: then it keeps nothing.</summary>
[Collection(StandingWorld.Collection)]
public sealed class HandOverTests(StandingWorld world)
{
    private static readonly TimeSpan Day = TimeSpan.FromDays(1);

    [Fact]
    public async Task HandOver_BadWork_IsRefusedAndKeepsNothing()
    {
        var good = await WorkAsync();
        var peer = good.Peers[0];
        await RefusedAsync("invalid-work", good with { Action = "releases" });
        await RefusedAsync("invalid-work", good with { IntervalSeconds = 3599 });
        await RefusedAsync("invalid-work", good with { IntervalSeconds = (367 * 86_400) });
        await RefusedAsync("invalid-work", good with { Epoch = -1 });
        await RefusedAsync("invalid-work", good with { Peers = [] });
        await RefusedAsync("invalid-work", good with { Peers = [.. Enumerable.Repeat(peer, 41)] });
        await RefusedAsync("invalid-backup-id", good with { Backup = "none" });
        foreach (
            var url in new[]
            {
                null,
                "nowhere",
                "http://example.com",
                "https://example.com/path",
                "https://me@example.com",
                "file:///etc",
                "https://10.0.0.1",
                "https://169.254.169.254",
                "https://[::ffff:a9fe:a9fe]",
            }
        )
        {
            await RefusedAsync("invalid-work", good with { Peers = [peer with { Url = url }] });
        }

        // Orders that the peer would not follow.
        await RefusedAsync("invalid-work", good with { Backup = BackupOf(await WorkAsync()) });
        await RefusedAsync("invalid-work", good with { Action = "refreshes" });
        await RefusedAsync("invalid-work", good with { Peers = [peer with { Seal = good.Peers[1].Seal }] });
        await RefusedAsync("invalid-work", good with { Peers = [peer with { Order = peer.Order! with { Content = "[]" } }] });
        await RefusedAsync("invalid-work", good with { Peers = [peer with { Order = peer.Order! with { Said = "{}" } }] });
        await RefusedAsync(
            "bad-signature",
            good with
            {
                Peers = [peer with { Order = peer.Order! with { Order = Cut(peer.Order!.Order) } }],
            }
        );
        var foreign = await StandingOrders.DeleteAsync(
            FairShare.Backup.Records.BackupId.Parse(good.Backup),
            world.OtherSession.Peers.Peers,
            Day,
            default
        );
        await RefusedAsync("not-served", foreign);
    }

    [Fact]
    public async Task HandOver_Repeated_IsTheSameWorkAndOtherWorkIsRefused()
    {
        var id = StandingWorkId.New(new SystemRandomness());
        var work = (await new StandingOrders(world.Session).ProveAsync(await world.CreateAsync(), Day, default)).Work;
        var first = await world.Coordinator.CallAsync(StandingRoutes.HandOverWork, id, work, default);
        var again = await world.Coordinator.CallAsync(StandingRoutes.HandOverWork, id, work, default);
        Assert.Equal((first.Until, "active"), (again.Until, again.State));
        Assert.Equal("work-differs", await CodeAsync(id, await WorkAsync()));
        await world.Coordinator.CallAsync(StandingRoutes.WithdrawWork, id, default);
        Assert.Equal("withdrawn", (await world.Coordinator.CallAsync(StandingRoutes.HandOverWork, id, work, default)).State);
    }

    [Fact]
    public async Task Work_OfAnUnknownId_IsNotFound()
    {
        var id = StandingWorkId.New(new SystemRandomness());
        await NotFoundAsync(id);
        var problem = await Assert.ThrowsAsync<FairShareProblem>(() =>
            world.Coordinator.CallAsync(StandingRoutes.WithdrawWork, id, default)
        );
        Assert.Equal(("work-not-found", 404), (problem.Code, problem.Status));
        await NotFoundAsync(id);
    }

    private async Task RefusedAsync(string code, StandingWork work)
    {
        var id = StandingWorkId.New(new SystemRandomness());
        Assert.Equal(code, await CodeAsync(id, work));
        await NotFoundAsync(id);
    }

    private async Task<string> CodeAsync(StandingWorkId id, StandingWork work) =>
        (
            await Assert.ThrowsAsync<FairShareProblem>(() => world.Coordinator.CallAsync(StandingRoutes.HandOverWork, id, work, default))
        ).Code;

    private async Task NotFoundAsync(StandingWorkId id) =>
        Assert.Equal(
            "work-not-found",
            (
                await Assert.ThrowsAsync<FairShareProblem>(() => world.Coordinator.CallAsync(StandingRoutes.GetStandingWork, id, default))
            ).Code
        );

    // Of a backup that no peer has: nothing is deleted by it.
    private Task<StandingWork> WorkAsync() =>
        StandingOrders.DeleteAsync(FairShare.Backup.Records.BackupId.New(new SystemRandomness()), world.Session.Peers.Peers, Day, default);

    private static string BackupOf(StandingWork work) => work.Backup;

    private static string Cut(string order) => order[..^10] + (order[^10] == 'A' ? 'B' : 'A') + order[^9..];
}
