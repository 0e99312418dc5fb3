using FairShare.Host;
using Xunit;

namespace FairShare.Scenarios.Tests.Operations;

/// <summary>What an operator does before and after a release, and before a stack is deleted: the commands of those pages are run.</summary>
public sealed class OperatorPageTests(UnscheduledWorld world) : IClassFixture<UnscheduledWorld>
{
    [Fact]
    public async Task Pages_OfUpgradeAndTeardown_AreWalked()
    {
        await world.Service.CompleteAsync();
        world.Names["SERVICE"] = ServiceHost.StackName;
        var upgrade = await new Runbook("docs/upgrade.md").WalkAsync(world.Service.Host, world.Names);
        Assert.Contains("_COMPLETE", upgrade, StringComparison.Ordinal);
        Assert.Contains("/backup/", upgrade, StringComparison.Ordinal);
        // For the AWS CLI a function that failed was invoked all the same.
        Assert.Contains("\"StatusCode\": 200", upgrade, StringComparison.Ordinal);
        Assert.DoesNotContain("FunctionError", upgrade, StringComparison.Ordinal);
        var teardown = await new Runbook("docs/teardown.md").WalkAsync(world.Service.Host, world.Names);
        Assert.Contains(world.Names["EvidenceTableName"], teardown, StringComparison.Ordinal);
        Assert.DoesNotContain("executionArn", teardown, StringComparison.Ordinal);
        Assert.DoesNotContain("FunctionError", teardown, StringComparison.Ordinal);
    }
}
