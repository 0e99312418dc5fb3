using System.Text.Json.Nodes;
using FairShare.Aws.Events;
using FairShare.Scenarios.Tests.Timestamps;
using FairShare.Testing;
using Xunit;

namespace FairShare.Scenarios.Tests.Operations;

/// <summary>What the canary finds out: its alarm, that of the stamps' certificate, and what it believes and keeps.</summary>
[Collection(nameof(AlarmWalks))]
public sealed class CanaryAlarmTests(UnscheduledWorld world)
{
    [Fact]
    public async Task Canary_ItsPasswordIsAnother_RingsAndIsWalked()
    {
        await world.RestAsync();
        await world.PutCanaryAsync("Another-Horse-42");
        var since = world.Now;
        for (var period = 0; period < 4; period++)
        {
            await Assert.ThrowsAsync<FunctionFailedException>(() => world.Service.Host.InvokeAsync(world.Names["CanaryName"], []));
            await world.PassAsync(TimeSpan.FromMinutes(15), TimeSpan.FromMinutes(15));
        }

        Assert.True(world.Metrics.Total("FairShare", "CanaryFailures") > 0);
        var alarm = await world.RequireRingingAsync("Canary", since);
        await world.PutCanaryAsync();
        await new Runbook(alarm.Runbook).WalkAsync(world.Service.Host, world.Names);
    }

    // Evidence that a service verifies with the keys that it names itself says nothing of whose they are.
    [Fact]
    public async Task Canary_ServiceHasAnotherKeyThanItWasTold_FailsUntilItIsTold()
    {
        await world.RestAsync();
        await world.Service.DeployAsync(hasCanary: false, believed: new string('A', 43));
        await Assert.ThrowsAsync<FunctionFailedException>(() => world.Service.Host.InvokeAsync(world.Names["CanaryName"], []));
        // The key alone is another: told the right one, the same round goes through.
        await world.Service.DeployAsync(hasCanary: false);
        await world.Service.Host.InvokeAsync(world.Names["CanaryName"], []);
    }

    [Fact]
    public async Task Canary_PartiesArePutDuringItsFirstRound_StayAsTheyWerePut()
    {
        await world.RestAsync();
        await world.PutCanaryAsync();
        var calls = 0;
        world.Plant(call =>
        {
            // It reads the parties first, and with the second call keeps their keys.
            if (call is { Origin: "RunCanary", Service: "s3" } && ++calls == 2)
            {
                world.PutCanaryAsync("Another-Horse-42").GetAwaiter().GetResult();
            }

            return null;
        });
        await Assert.ThrowsAsync<FunctionFailedException>(() => world.Service.Host.InvokeAsync(world.Names["CanaryName"], []));
        Assert.True(calls >= 2);
        var standing = await world.Service.Objects.GetObjectAsync(world.Names["CanaryBucketName"], "parties.json");
        using var reader = new StreamReader(standing.ResponseStream);
        Assert.Contains("Another-Horse-42", await reader.ReadToEndAsync(), StringComparison.Ordinal);
        await world.PutCanaryAsync();
    }

    [Fact]
    public async Task StampCertificate_ExpiresInAMonth_RingsUntilAnotherIsInstalled()
    {
        await world.RestAsync();
        var since = world.Now;
        await CertifyAsync(days: 30);
        await world.Service.Host.InvokeAsync(world.Names["CanaryName"], []);
        var alarm = await world.RequireRingingAsync("StampCertificate", since);
        await CertifyAsync(days: 400);
        await world.PassAsync(TimeSpan.FromHours(1), TimeSpan.FromMinutes(15));
        var mended = world.MetricAfter();
        await new Runbook(alarm.Runbook).WalkAsync(world.Service.Host, world.Names);
        await world.PassAsync(TimeSpan.FromHours(2), TimeSpan.FromMinutes(15));
        Assert.Empty(alarm.Rings(world.Metrics, mended, world.Now));
    }

    private async Task CertifyAsync(int days)
    {
        var function = world.Names["StampCertifierName"];
        var asked = await world.Service.Host.InvokeAsync(function, []);
        var chain = StampIssuer.Certify($"{asked["request"]}", world.Now, days);
        var installed = await world.Service.Host.InvokeAsync(function, new JsonObject { ["chain"] = chain });
        Assert.NotNull(installed["installed"]);
        // A running function knows the former one for five minutes.
        await world.PassAsync(TimeSpan.FromMinutes(6), TimeSpan.FromMinutes(6));
    }
}
