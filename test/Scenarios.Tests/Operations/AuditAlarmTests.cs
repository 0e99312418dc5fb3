using System.Text.Json.Nodes;
using Amazon.DynamoDBv2.Model;
using FairShare.Testing.Metrics;
using FairShare.Testing.Oracle;
using Xunit;

namespace FairShare.Scenarios.Tests.Operations;

/// <summary>Each alarm of what audits find: a store that cheats, an audit, the alarm, and its runbook.</summary>
public sealed class AuditAlarmTests(CheatedWorld world) : IClassFixture<CheatedWorld>
{
    [Theory]
    [InlineData("UnfairEndings", "other-state")]
    [InlineData("UnprovenTokens", "not-in-log")]
    [InlineData("ForgedSeals", "evidence:")]
    [InlineData("OtherFindings", "malformed-id")]
    [InlineData("LogForks", "log-shrink")]
    public async Task Findings_OfACheatingStore_RingAndAreWalked(string name, string code)
    {
        Assert.Contains($"\"code\":\"{code}", world.Findings, StringComparison.Ordinal);
        Assert.DoesNotContain(name, world.RangBefore);
        var alarm = await world.RequireRingingAsync(name, world.CheatedAt);
        await new Runbook(alarm.Runbook).WalkAsync(world.Service.Host, world.Names);
    }

    [Fact]
    public async Task StuckExchanges_StoppedOne_RingsAndItsRunbookEndsIt()
    {
        Assert.Contains("\"code\":\"overdue", world.Findings, StringComparison.Ordinal);
        var alarm = await world.RequireRingingAsync("StuckExchanges", world.CheatedAt);
        await new Runbook(alarm.Runbook).WalkAsync(world.Service.Host, world.Names);
        using var table = new TableReader(world.Service.Host);
        for (var attempt = 0; attempt < 20; attempt++)
        {
            await world.PassAsync(TimeSpan.FromMinutes(1), TimeSpan.FromMinutes(1));
            if ((await table.QueryAsync($"EXCHANGE#{world.Names["EXCHANGE"]}")).Any(item => item["sk"].S == "ENDING"))
            {
                return;
            }
        }

        Assert.Fail("The exchange has no ending.");
    }
}

/// <summary>A world whose store has done, by one audit, everything that audits find.</summary>
public sealed class CheatedWorld : OperationsWorld
{
    public CheatedWorld() => HasCanarySchedule = false;

    /// <summary>The findings of the audits, one a line.</summary>
    public string Findings { get; private set; } = "";

    /// <summary>The alarms that rang while the store was honest.</summary>
    public IReadOnlyList<string> RangBefore { get; private set; } = [];

    /// <summary>When the store began to cheat.</summary>
    public DateTimeOffset CheatedAt { get; private set; }

    public override async ValueTask InitializeAsync()
    {
        await base.InitializeAsync();
        var start = Now;
        var (unfair, place) = await Service.CompleteAsync();
        var (forged, _) = await Service.CompleteAsync();
        var former = await Service.Cheat.ReplaceCheckpointAsync(null);
        await Service.NextAuditAsync();
        await Service.CompleteAsync();
        await Service.NextAuditAsync();
        RangBefore = Ringing(start, Now);
        CheatedAt = Now;
        await CheatAsync(unfair, place, forged);
        await Service.NextAuditAsync();
        Findings = await Service.FindingsAsync();
        var latest = await Service.Cheat.ReplaceCheckpointAsync(former);
        await Service.NextAuditAsync();
        Findings += await Service.FindingsAsync();
        await Service.Cheat.ReplaceCheckpointAsync(latest);
    }

    private async Task CheatAsync(string unfair, string place, string forged)
    {
        var stuck = await Service.GetStuckAsync();
        Names["EXCHANGE"] = stuck["EXCHANGE#".Length..];
        var machine = Names["ExchangeStateMachineArn"].Replace(":stateMachine:", ":execution:", StringComparison.Ordinal);
        Names["EXECUTION"] = $"{machine}:{Names["EXCHANGE"]}";
        await PassAsync(TimeSpan.FromHours(2), TimeSpan.FromHours(2));
        await Service.Cheat.RewriteAsync("ExchangeStateMachine", unfair, "ENDING", item => item["state"] = new AttributeValue("Declined"));
        await Service.Cheat.RewriteAsync("SequenceLog", place, "LEAF", item => item["index"] = new AttributeValue { N = "0" });
        await Service.Cheat.RewriteAsync("ExchangeStateMachine", forged, "ENDING", item => item["release"].S = Flip(item["release"].S));
        await Service.Cheat.RewriteAsync(
            "ExchangeStateMachine",
            unfair,
            "EXCHANGE",
            item => item["pk"] = new AttributeValue("EXCHANGE#nobody")
        );
    }

    /// <summary>Another signature of the same length.</summary>
    private static string Flip(string token)
    {
        var place = token.LastIndexOf('.') + 10;
        return token[..place] + (token[place] == 'A' ? 'B' : 'A') + token[(place + 1)..];
    }
}

/// <summary>An auditor that reads one leaf an hour.</summary>
public sealed class SlowAuditTests(SlowAuditWorld world) : IClassFixture<SlowAuditWorld>
{
    [Fact]
    public async Task LeavesBehind_OneLeafAnHour_RingsAfterSixHoursAndIsWalked()
    {
        // Before the first audit there is no report, and the runbooks that list them can be walked all the same.
        Assert.Empty(await world.Service.ReportsAsync());
        await new Runbook("docs/runbooks/other-findings.md").WalkAsync(world.Service.Host, world.Names);
        await world.Service.CompleteAsync();
        await world.Service.CompleteAsync();
        var since = MetricStore.Floor(world.Now, TimeSpan.FromHours(1));
        for (var hour = 0; hour < 7; hour++)
        {
            Assert.Empty(world.Alarms.Single(alarm => alarm.Name == "LeavesBehind").Rings(world.Metrics, since, world.Now));
            JsonNode metrics = await world.Service.NextAuditAsync();
            Assert.True((int)metrics["LeavesBehind"]! > 0, metrics.ToJsonString());
        }

        var alarm = await world.RequireRingingAsync("LeavesBehind", since);
        await new Runbook(alarm.Runbook).WalkAsync(world.Service.Host, world.Names);
    }
}

/// <summary>A world whose auditor reads one leaf an hour.</summary>
public sealed class SlowAuditWorld : OperationsWorld
{
    public SlowAuditWorld() => (HasCanarySchedule, LeavesAtOnce) = (false, 1);
}
