using FairShare.Host;
using FairShare.Scenarios.Tests.Permissions;
using Xunit;

namespace FairShare.Scenarios.Tests.Standing;

/// <summary>
/// As GrantTests of the service: in the stacks of a peer and of a coordinator no right is missing and none superfluous. While everything is
/// done, each is at least once what alone lets a call pass.
/// </summary>
[Collection(StandingWorld.Collection)]
public sealed class PeerGrantTests(StandingWorld world)
{
    [Fact]
    public async Task Templates_AsTheyAre_LetEverythingRunAndNeedEveryGrant()
    {
        await PeerTour.RunAsync(world);

        Assert.Empty(world.Denials);
        var peer = await StandingWorld.TemplateAsync(PeerHost.StackName);
        var coordinator = await StandingWorld.TemplateAsync(CoordinatorHost.StackName);
        var pages = new[] { PageOf("peer", peer, world.UsedByPeers), PageOf("coordinator", coordinator, world.UsedByCoordinator) };
        Require(peer, world.UsedByPeers);
        Require(coordinator, world.UsedByCoordinator);
        Assert.All(pages, page => page.Require());
    }

    private static UsedRightsPage PageOf(string table, string template, UsedRights used) =>
        new UsedRightsPage(table, new(template, used), used).Write();

    private static void Require(string template, UsedRights used)
    {
        var judge = new RightsJudge(template, used);
        Assert.True(judge.Rights.Count > 10, $"Only {judge.Rights.Count} rights were found in the template.");
        Assert.True(!judge.Unused().Any(), $"Nothing misses: {string.Join("; ", judge.Unused())}");
        Assert.True(!judge.Wide().Any(), $"Wider than needed: {string.Join("; ", judge.Wide())}");
        Assert.All(WiderTemplate.Of(template), wider => wider.RequireFound(used));
    }
}
