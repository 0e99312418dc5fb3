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
        List<string> unused =
        [
            .. (await UnusedAsync(PeerHost.StackName)).Select(grant => $"peer: {grant}"),
            .. (await UnusedAsync(CoordinatorHost.StackName)).Select(grant => $"coordinator: {grant}"),
        ];
        Assert.True(unused.Count == 0, $"Nothing misses: {string.Join("; ", unused)}");
    }

    // Without the rights by which Lambda and Step Functions write logs nothing fails, on AWS either.
    private async Task<IEnumerable<GrantMutation>> UnusedAsync(string stack)
    {
        var grants = GrantMutation
            .All(await StandingWorld.TemplateAsync(stack))
            .Where(grant => !grant.Action.StartsWith("logs:", StringComparison.Ordinal))
            .ToList();
        Assert.True(grants.Count > 10, $"Only {grants.Count} grants were found in the template.");
        return grants.Where(grant => !world.Relied.ContainsKey((stack, grant)));
    }
}
