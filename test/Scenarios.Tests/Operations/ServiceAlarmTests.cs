using System.Text.Json.Nodes;
using FairShare.Aws.Events;
using FairShare.Host;
using FairShare.Scenarios.Tests.BadInput;
using FairShare.Scenarios.Tests.Notices;
using FairShare.Scenarios.Tests.Timestamps;
using FairShare.Testing;
using FairShare.Testing.Metrics;
using TemplateHost.Gateway.Faults;
using Xunit;

namespace FairShare.Scenarios.Tests.Operations;

/// <summary>
/// Each alarm of what the service does: its fault is planted, it rings, its runbook's commands are run, and where they mend something that
/// is seen.
/// </summary>
public sealed class ServiceAlarmTests(UnscheduledWorld world) : IClassFixture<UnscheduledWorld>
{
    [Fact]
    public async Task ServerErrors_TableFails_RingsAndIsWalked()
    {
        await RestAsync();
        using var alice = await TestParty.JoinAsync(world.Service.Host, $"alice{Guid()}");
        var since = world.Now;
        world.Plant(call => call is { Service: "dynamodb" } ? new FaultRule(FaultKind.Refuse, 1, Code: "InternalServerError") : null);
        for (var period = 0; period < 3; period++)
        {
            Assert.Equal(500, (await alice.GetAsync("/documents")).Status);
            await world.PassAsync(TimeSpan.FromMinutes(5));
        }

        await RequireWalkedAsync("ServerErrors", since);
        Assert.Contains(world.Lines, line => line.Contains("\"level\":\"ERROR\"", StringComparison.Ordinal));
    }

    [Fact]
    public async Task SlowReceipts_TableIsSlow_RingsAndIsWalked()
    {
        await RestAsync();
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

        await RequireWalkedAsync("SlowReceipts", since);
    }

    [Fact]
    public async Task WorkflowThrottles_StartIsRefused_RingsAndIsWalked()
    {
        await RestAsync();
        using var alice = await TestParty.JoinAsync(world.Service.Host, $"alice{Guid()}");
        using var bob = await TestParty.JoinAsync(world.Service.Host, $"bob{Guid()}");
        var document = await TestDocument.DepositAsync(alice, bob);
        var since = world.Now;
        world.Plant(call => call.Operation == "StartExecution" ? new FaultRule(FaultKind.Throttle, 1) : null);
        Assert.Equal(503, (await bob.PostAsync($"/documents/{document.Id}/exchanges")).Status);
        Assert.True(world.Metrics.Total("FairShare", "WorkflowThrottles") > 0);
        await RequireWalkedAsync("WorkflowThrottles", since);
    }

    [Fact]
    public async Task KeyThrottles_SignIsRefused_RingsAndIsWalked()
    {
        await RestAsync();
        using var alice = await TestParty.JoinAsync(world.Service.Host, $"alice{Guid()}");
        using var bob = await TestParty.JoinAsync(world.Service.Host, $"bob{Guid()}");
        var document = await TestDocument.DepositAsync(alice, bob);
        var since = world.Now;
        world.Plant(call => call is { Origin: "RequestDownload", Service: "kms", Operation: "Sign" } ? Throttle : null);
        Assert.Equal(503, (await bob.PostAsync($"/documents/{document.Id}/exchanges")).Status);
        await RequireWalkedAsync("KeyThrottles", since);
    }

    [Fact]
    public async Task FailedExecutions_ExecutionIsStopped_RingsAndItsRunbookLetsItGoOn()
    {
        await RestAsync();
        var exchange = await world.Service.RequestAsync();
        await BadInputCase.WaitUntilOpenAsync(exchange);
        var since = world.Now;
        await StopAsync(exchange);
        await RequireWalkedAsync("FailedExecutions", since);
        // The redriven execution waits for the receipt again, which it takes.
        await exchange.Downloader.SignInAgainAsync();
        await BadInputCase.WaitUntilOpenAsync(exchange);
        (await exchange.SubmitReceiptAsync()).Require(200);
        Assert.Equal("Completed", await exchange.WaitForEndingAsync());
    }

    [Fact]
    public async Task DeadLetters_MessageOfNobody_RingsAndItsRunbookEmptiesTheQueue()
    {
        await RestAsync();
        var since = world.Now;
        var queue = new JsonObject { ["QueueUrl"] = world.Names["ProtocolQueueUrl"], ["MessageBody"] = "of nobody" };
        (await world.Service.Clients.Operator().CallAsync("sqs", "AmazonSQS.SendMessage", queue)).Require(200);
        await world.PassAsync(TimeSpan.FromMinutes(6), TimeSpan.FromMinutes(1));
        await RequireWalkedAsync("DeadLetters", since);
        var emptied = MetricAfter();
        await world.PassAsync(TimeSpan.FromMinutes(11), TimeSpan.FromMinutes(1));
        Assert.Empty(world.Alarms.Single(alarm => alarm.Name == "DeadLetters").Rings(world.Metrics, emptied, world.Now));
    }

    [Fact]
    public async Task Log_SequencerFails_RingsAfterTenMinutesAfterAQuarterAndAfterFourHours()
    {
        await RestAsync();
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
            await RequireWalkedAsync(name, since);
        }
    }

    [Fact]
    public async Task Canary_ItsPasswordIsAnother_RingsAndIsWalked()
    {
        await RestAsync();
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
        await RestAsync();
        await world.Service.DeployAsync(hasCanary: false, believed: new string('A', 43));
        await Assert.ThrowsAsync<FunctionFailedException>(() => world.Service.Host.InvokeAsync(world.Names["CanaryName"], []));
        // The key alone is another: told the right one, the same round goes through.
        await world.Service.DeployAsync(hasCanary: false);
        await world.Service.Host.InvokeAsync(world.Names["CanaryName"], []);
    }

    [Fact]
    public async Task Canary_PartiesArePutDuringItsFirstRound_StayAsTheyWerePut()
    {
        await RestAsync();
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
    public async Task NoticeDeadLetters_NoticeCouldNotBeMailed_RingsAndItsRunbookEmptiesTheQueue()
    {
        await RestAsync();
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
        var emptied = MetricAfter();
        await world.PassAsync(TimeSpan.FromMinutes(11), TimeSpan.FromMinutes(1));
        Assert.Empty(alarm.Rings(world.Metrics, emptied, world.Now));
    }

    [Fact]
    public async Task StampCertificate_ExpiresInAMonth_RingsUntilAnotherIsInstalled()
    {
        await RestAsync();
        var since = world.Now;
        await CertifyAsync(days: 30);
        await world.Service.Host.InvokeAsync(world.Names["CanaryName"], []);
        var alarm = await world.RequireRingingAsync("StampCertificate", since);
        await CertifyAsync(days: 400);
        await world.PassAsync(TimeSpan.FromHours(1), TimeSpan.FromMinutes(15));
        var mended = MetricAfter();
        await new Runbook(alarm.Runbook).WalkAsync(world.Service.Host, world.Names);
        await world.PassAsync(TimeSpan.FromHours(2), TimeSpan.FromMinutes(15));
        Assert.Empty(alarm.Rings(world.Metrics, mended, world.Now));
    }

    [Fact]
    public async Task SilentAuditor_MayNotReadItsCursor_RingsAndIsWalked()
    {
        await RestAsync();
        var since = world.Now;
        world.Plant(call => call is { Origin: "AuditStore" } ? new FaultRule(FaultKind.Deny, 1) : null);
        await world.PassAsync(TimeSpan.FromHours(3), TimeSpan.FromMinutes(30));
        await RequireWalkedAsync("SilentAuditor", since);
    }

    private static bool OfTheLog(string alarm) => alarm is "LogBehind" or "LogStopped" or "CheckpointBehind";

    private static FaultRule Throttle => new(FaultKind.Throttle, 1);

    private static string Guid() => System.Guid.NewGuid().ToString("N")[..8];

    private DateTimeOffset MetricAfter() => world.Now + TimeSpan.FromMinutes(1);

    /// <summary>No fault, and nothing that an earlier one left.</summary>
    private async Task RestAsync()
    {
        world.Plant(null);
        await world.PassAsync(TimeSpan.FromMinutes(1), TimeSpan.FromMinutes(1));
    }

    private async Task RequireWalkedAsync(string name, DateTimeOffset since)
    {
        var alarm = await world.RequireRingingAsync(name, since);
        world.Plant(null);
        await new Runbook(alarm.Runbook).WalkAsync(world.Service.Host, world.Names);
    }

    private async Task StopAsync(TestExchange exchange)
    {
        var execution =
            $"{world.Names["ExchangeStateMachineArn"].Replace(":stateMachine:", ":execution:", StringComparison.Ordinal)}:{exchange.Id}";
        (world.Names["EXCHANGE"], world.Names["EXECUTION"]) = ($"{exchange.Id}", execution);
        var stop = new JsonObject { ["executionArn"] = execution };
        (await world.Service.Clients.Operator().CallAsync("states", "AWSStepFunctions.StopExecution", stop)).Require(200);
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

/// <summary>A world whose canary runs only when a test says so: its keys are dear to open.</summary>
public sealed class UnscheduledWorld : OperationsWorld
{
    public UnscheduledWorld() => HasCanarySchedule = false;
}
