using System.Text.Json.Nodes;
using FairShare.Host;
using FairShare.Scenarios.Tests.BadInput;
using FairShare.Scenarios.Tests.Notices;
using FairShare.Testing;
using FairShare.Testing.Metrics;
using TemplateHost.Gateway.Faults;
using Xunit;

namespace FairShare.Scenarios.Tests.Operations;

/// <summary>
/// Each alarm of what the service does: its fault is planted, it rings, its runbook's commands are run, and where they mend something that
/// is seen.
/// </summary>
[Collection(nameof(AlarmWalks))]
public sealed class ServiceAlarmTests(UnscheduledWorld world)
{
    [Fact]
    public async Task ServerErrors_TableFails_RingsAndIsWalked()
    {
        await world.RestAsync();
        using var alice = await TestParty.JoinAsync(world.Service.Host, $"alice{Guid()}");
        var since = world.Now;
        world.Plant(call => call is { Service: "dynamodb" } ? new FaultRule(FaultKind.Refuse, 1, Code: "InternalServerError") : null);
        for (var period = 0; period < 3; period++)
        {
            Assert.Equal(500, (await alice.GetAsync("/documents")).Status);
            await world.PassAsync(TimeSpan.FromMinutes(5));
        }

        await world.RequireWalkedAsync("ServerErrors", since);
        Assert.Contains(world.Lines, line => line.Contains("\"level\":\"ERROR\"", StringComparison.Ordinal));
    }

    [Fact]
    public async Task SlowReceipts_TableIsSlow_RingsAndIsWalked()
    {
        await world.RestAsync();
        var exchange = await world.Service.RequestAsync();
        var since = world.Now;
        // The clock goes on by three seconds while SubmitReceipt asks the table.
        world.Plant(call =>
        {
            if (call is { Origin: "SubmitReceipt", Service: "dynamodb" })
            {
                world.Service.Time.Advance(TimeSpan.FromSeconds(3));
            }

            return null;
        });
        // Three periods in a row ring. A call takes some seconds of its own, so that one period of these may be stepped over.
        for (var period = 0; period < 6; period++)
        {
            await exchange.SubmitReceiptAsync("not a token");
            await world.PassAsync(TimeSpan.FromMinutes(5));
        }

        await world.RequireWalkedAsync("SlowReceipts", since);
    }

    [Fact]
    public async Task WorkflowThrottles_StartIsRefused_RingsAndIsWalked()
    {
        await world.RestAsync();
        using var alice = await TestParty.JoinAsync(world.Service.Host, $"alice{Guid()}");
        using var bob = await TestParty.JoinAsync(world.Service.Host, $"bob{Guid()}");
        var document = await TestDocument.DepositAsync(alice, bob);
        var since = world.Now;
        world.Plant(call => call.Operation == "StartExecution" ? new FaultRule(FaultKind.Throttle, 1) : null);
        Assert.Equal(503, (await bob.PostAsync($"/documents/{document.Id}/exchanges")).Status);
        Assert.True(world.Metrics.Total("FairShare", "WorkflowThrottles") > 0);
        await world.RequireWalkedAsync("WorkflowThrottles", since);
    }

    [Fact]
    public async Task KeyThrottles_SignIsRefused_RingsAndIsWalked()
    {
        await world.RestAsync();
        using var alice = await TestParty.JoinAsync(world.Service.Host, $"alice{Guid()}");
        using var bob = await TestParty.JoinAsync(world.Service.Host, $"bob{Guid()}");
        var document = await TestDocument.DepositAsync(alice, bob);
        var since = world.Now;
        world.Plant(call => call is { Origin: "RequestDownload", Service: "kms", Operation: "Sign" } ? Throttle : null);
        Assert.Equal(503, (await bob.PostAsync($"/documents/{document.Id}/exchanges")).Status);
        await world.RequireWalkedAsync("KeyThrottles", since);
    }

    [Fact]
    public async Task FailedExecutions_ExecutionIsStopped_RingsAndItsRunbookLetsItGoOn()
    {
        await world.RestAsync();
        var exchange = await world.Service.RequestAsync();
        await BadInputCase.WaitUntilOpenAsync(exchange);
        var since = world.Now;
        await StopAsync(exchange);
        await world.RequireWalkedAsync("FailedExecutions", since);
        // The redriven execution waits for the receipt again, which it takes.
        await exchange.Downloader.SignInAgainAsync();
        await BadInputCase.WaitUntilOpenAsync(exchange);
        (await exchange.SubmitReceiptAsync()).Require(200);
        Assert.Equal("Completed", await exchange.WaitForEndingAsync());
    }

    [Fact]
    public async Task DeadLetters_MessageOfNobody_RingsAndItsRunbookEmptiesTheQueue()
    {
        await world.RestAsync();
        var since = world.Now;
        var queue = new JsonObject { ["QueueUrl"] = world.Names["ProtocolQueueUrl"], ["MessageBody"] = "of nobody" };
        (await world.Service.Clients.Operator().CallAsync("sqs", "AmazonSQS.SendMessage", queue)).Require(200);
        await world.PassAsync(TimeSpan.FromMinutes(6), TimeSpan.FromMinutes(1));
        await world.RequireWalkedAsync("DeadLetters", since);
        var emptied = world.MetricAfter();
        await world.PassAsync(TimeSpan.FromMinutes(11), TimeSpan.FromMinutes(1));
        Assert.Empty(world.Alarms.Single(alarm => alarm.Name == "DeadLetters").Rings(world.Metrics, emptied, world.Now));
    }

    [Fact]
    public async Task Log_SequencerFails_RingsAfterTenMinutesAfterAQuarterAndAfterFourHours()
    {
        await world.RestAsync();
        // Something has been published, which the runbook looks at.
        await world.Service.CompleteAsync();
        await world.PassAsync(TimeSpan.FromMinutes(1), TimeSpan.FromMinutes(1));
        var since = world.Now;
        world.Plant(call => call is { Origin: "SequenceLog", Service: "kms" } ? new FaultRule(FaultKind.InternalError, 1) : null);
        using var alice = await TestParty.JoinAsync(world.Service.Host, $"alice{Guid()}");
        await world.PassAsync(TimeSpan.FromMinutes(25), TimeSpan.FromMinutes(2.5));
        Assert.Equal(["LogBehind", "CheckpointBehind"], world.Ringing(since, world.Now).Where(OfTheLog));
        await world.PassAsync(TimeSpan.FromHours(4), TimeSpan.FromHours(1));
        await world.PassAsync(TimeSpan.FromMinutes(8), TimeSpan.FromMinutes(2));
        foreach (var name in new[] { "LogStopped", "CheckpointBehind", "LogBehind" })
        {
            await world.RequireWalkedAsync(name, since);
        }
    }

    [Fact]
    public async Task NoticeDeadLetters_NoticeCouldNotBeMailed_RingsAndItsRunbookEmptiesTheQueue()
    {
        await world.RestAsync();
        var outputs = await NoticesStack.DeployAsync(world.Service.Host.Embedded, NoticeWorld.Template);
        world.Names["NoticeDeadLetterQueueUrl"] = outputs["NoticeDeadLetterQueueUrl"];
        var resource = $"{JsonNode.Parse(NoticeWorld.Template)!["Outputs"]!["NoticeDeadLetterQueueUrl"]!["Value"]!["Ref"]}.QueueName";
        var queue = outputs["NoticeDeadLetterQueueUrl"].Split('/')[^1];
        var alarm = Assert.Single(AlarmDefinitions.Read(NoticeWorld.Template, new Dictionary<string, string> { [resource] = queue }));
        var since = world.Now;
        Assert.Empty(alarm.Rings(world.Metrics, since - alarm.Span, since));
        var message = new JsonObject { ["QueueUrl"] = outputs["NoticeDeadLetterQueueUrl"], ["MessageBody"] = "a notice" };
        (await world.Service.Clients.Operator().CallAsync("sqs", "AmazonSQS.SendMessage", message)).Require(200);
        await world.PassAsync(TimeSpan.FromMinutes(6), TimeSpan.FromMinutes(1));
        Assert.NotEmpty(alarm.Rings(world.Metrics, since - alarm.Period, world.Now));
        await new Runbook(alarm.Runbook).WalkAsync(world.Service.Host, world.Names);
        var emptied = world.MetricAfter();
        await world.PassAsync(TimeSpan.FromMinutes(11), TimeSpan.FromMinutes(1));
        Assert.Empty(alarm.Rings(world.Metrics, emptied, world.Now));
    }

    [Fact]
    public async Task SilentAuditor_MayNotReadItsCursor_RingsAndIsWalked()
    {
        await world.RestAsync();
        var since = world.Now;
        world.Plant(call => call is { Origin: "AuditStore" } ? new FaultRule(FaultKind.Deny, 1) : null);
        await world.PassAsync(TimeSpan.FromHours(3), TimeSpan.FromMinutes(30));
        await world.RequireWalkedAsync("SilentAuditor", since);
    }

    private static bool OfTheLog(string alarm) => alarm is "LogBehind" or "LogStopped" or "CheckpointBehind";

    private static FaultRule Throttle => new(FaultKind.Throttle, 1);

    private static string Guid() => System.Guid.NewGuid().ToString("N")[..8];

    private async Task StopAsync(TestExchange exchange)
    {
        var execution =
            $"{world.Names["ExchangeStateMachineArn"].Replace(":stateMachine:", ":execution:", StringComparison.Ordinal)}:{exchange.Id}";
        (world.Names["EXCHANGE"], world.Names["EXECUTION"]) = ($"{exchange.Id}", execution);
        var stop = new JsonObject { ["executionArn"] = execution };
        (await world.Service.Clients.Operator().CallAsync("states", "AWSStepFunctions.StopExecution", stop)).Require(200);
    }
}
