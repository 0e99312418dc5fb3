using FairShare.Testing;
using TemplateHost.Gateway.Faults;
using Xunit;

namespace FairShare.Scenarios.Tests.Exchange;

public sealed class BusyServiceTests
{
    [Fact]
    public async Task Request_TableTooBusy_IsToldSoBeforeTheFunctionsTimeIsOver()
    {
        var plan = new FaultPlan(seed: 1);
        await using var host = await TestHost.StartAsync(new() { Listen = false, Faults = plan }, TestTemplate.WithoutLog());
        using var alice = await TestParty.JoinAsync(host, "alice");
        // What counts the call, and nothing else that reads or writes tables meanwhile.
        plan.Rules = [new FaultRule(FaultKind.Throttle, 1, "dynamodb", "UpdateItem")];

        var refused = await alice.PostAsync("/keys/nonces");
        plan.Rules = [];

        Assert.Equal((503, "busy"), (refused.Status, refused.Code));
        Assert.Equal(3, plan.Injected[FaultKind.Throttle]);
        (await alice.PostAsync("/keys/nonces")).Require(201);
    }
}
