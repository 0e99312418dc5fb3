using FairShare.Testing;
using TemplateHost.Gateway.Faults;
using Xunit;

namespace FairShare.StateMachines.Tests;

/// <summary>
/// Each error on each state of the machine. A receipt that was accepted in time delivers, however long a service fails: only an abort or
/// an ending that stands in the table ends the exchange otherwise. Endings of the other kinds are reached as well.
/// </summary>
public sealed class FaultTests : IAsyncLifetime
{
    private const string Write = "TransactWriteItems";
    private const string Slow = "States.Timeout";
    private readonly ShiftedTime time = new();
    private readonly FaultPlan plan = new(seed: 7);
    private TestHost host = null!;
    private TestParty alice = null!;
    private TestParty bob = null!;

    /// <summary>What DynamoDB and Step Functions can say of a failed task.</summary>
    public static TheoryData<string> TableErrors =>
        [
            "TransactionCanceledException",
            "TransactionConflictException",
            "TransactionInProgressException",
            "ThrottlingException",
            "ProvisionedThroughputExceededException",
            "RequestLimitExceeded",
            "InternalServerError",
            "ResourceNotFoundException",
            "IdempotentParameterMismatchException",
            "LimitExceededException",
            "AccessDeniedException",
            "UnrecognizedClientException",
            Slow,
        ];

    public static TheoryData<string> FunctionErrors => ["TooManyRequestsException", "ServiceException", "AccessDeniedException", Slow];

    public async ValueTask InitializeAsync()
    {
        host = await TestHost.StartAsync(
            new()
            {
                Listen = false,
                Time = time,
                Faults = plan,
            },
            isJudged: false
        );
        alice = await TestParty.JoinAsync(host, "alice");
        bob = await TestParty.JoinAsync(host, "bob");
    }

    public async ValueTask DisposeAsync()
    {
        plan.Rules = [];
        alice.Dispose();
        bob.Dispose();
        await host.DisposeAsync();
    }

    [Theory]
    [MemberData(nameof(TableErrors))]
    public async Task Commit_FailsForLongerThanItsRetries_DeliversAfterwards(string error)
    {
        var exchange = await OpenAsync();
        await FailAsync("dynamodb", Write, error, faults: 60, () => exchange.SubmitReceiptAsync());
        var history = await EndedAsync(exchange);
        Assert.Equal("Completed", await StateAsync(exchange));
        Assert.Contains("PauseBeforeCommit", history.States);
        Assert.Equal("Publish", history.States.Last());
        Assert.Equal(1, history.Count("ExecutionSucceeded"));
    }

    [Fact]
    public async Task Commit_AnswerLostUntilItsTokenIsForgotten_PublishesWhatStands()
    {
        var exchange = await OpenAsync();
        plan.Rules = [new FaultRule(FaultKind.CutAfter, 1, "dynamodb", Write)];
        var receipt = exchange.SubmitReceiptAsync();
        await StrikesAsync(FaultKind.CutAfter, 20, TimeSpan.FromMinutes(15));
        plan.Rules = [];
        await receipt;
        var history = await EndedAsync(exchange);
        Assert.Equal("Completed", await StateAsync(exchange));
        Assert.Equal("Publish", history.States.Last());
    }

    [Theory]
    [MemberData(nameof(FunctionErrors))]
    public async Task SealEnding_FailsForLongerThanItsRetriesWithAReceiptInHand_DeliversAfterwards(string error)
    {
        var exchange = await OpenAsync();
        plan.Rules = [Rule("dynamodb", Write, "TransactionCanceledException")];
        var receipt = exchange.SubmitReceiptAsync();
        await StrikesAsync(FaultKind.Refuse, 3, TimeSpan.FromSeconds(5));
        await receipt;
        plan.Rules = [Rule("lambda", "Invoke", error), Rule("dynamodb", Write, "TransactionCanceledException")];
        // However many other calls of functions fail meanwhile: this state is entered when the sealing has failed to its last retry.
        for (var round = 0; !await History.HasEnteredAsync(host, exchange.Id.ToString(), "PauseBeforeSealing"); round++)
        {
            time.Advance(TimeSpan.FromMinutes(16));
            await PauseAsync(round);
        }

        plan.Rules = [];
        await EndedAsync(exchange);
        Assert.Equal("Completed", await StateAsync(exchange));
    }

    [Fact]
    public async Task SealEnding_FunctionItselfFailsWithAReceiptInHand_DeliversAfterwards()
    {
        var exchange = await OpenAsync();
        plan.Rules = [Rule("dynamodb", Write, "TransactionCanceledException")];
        var receipt = exchange.SubmitReceiptAsync();
        await StrikesAsync(FaultKind.Refuse, 3, TimeSpan.FromSeconds(5));
        await receipt;
        await FailAsync(
            "dynamodb",
            "Query",
            "InternalServerError",
            faults: 100,
            () => Task.CompletedTask,
            [Rule("dynamodb", Write, "TransactionCanceledException")]
        );
        await EndedAsync(exchange);
        Assert.Equal("Completed", await StateAsync(exchange));
    }

    [Theory]
    [InlineData("TransactionCanceledException")]
    [InlineData("UnrecognizedClientException")]
    public async Task Commit_FailsAndAnAbortStands_EndsAborted(string error)
    {
        var exchange = await OpenAsync();
        plan.Rules = [Rule("dynamodb", Write, error)];
        var receipt = exchange.SubmitReceiptAsync();
        await StrikesAsync(FaultKind.Refuse, 2, TimeSpan.FromSeconds(5));
        await receipt;
        plan.Rules = [];
        await alice.SignInAgainAsync();
        var abort = await alice.PostAsync($"/documents/{exchange.Challenge.Statement.Document.Id}/abort");
        await EndedAsync(exchange);
        var outcome = abort.Require(200)["abort"].GetValue<int>();
        Assert.Equal(outcome == 3 ? "Completed" : "Aborted", await StateAsync(exchange));
    }

    [Theory]
    [MemberData(nameof(TableErrors))]
    public async Task CommitEnding_FailsForLongerThanItsRetries_KeepsTheRefusal(string error)
    {
        var exchange = await OpenAsync();
        await FailAsync("dynamodb", Write, error, faults: 60, () => exchange.DeclineAsync());
        var history = await EndedAsync(exchange);
        Assert.Equal("Declined", await StateAsync(exchange));
        Assert.Equal("PublishEnding", history.States.Last());
    }

    [Theory]
    [InlineData("TransactionCanceledException")]
    [InlineData("UnrecognizedClientException")]
    public async Task CommitEnding_FailsAfterTheDeadline_ExpiresAllTheSame(string error)
    {
        var exchange = await OpenAsync(deadlineSeconds: 600);
        await FailAsync("dynamodb", Write, error, faults: 60, () => Task.CompletedTask);
        await EndedAsync(exchange);
        Assert.Equal("Expired", await StateAsync(exchange));
    }

    [Theory]
    [InlineData("ServiceUnavailable")]
    [InlineData(Slow)]
    public async Task Publish_FailsForHours_PublishesAfterwards(string error)
    {
        var exchange = await OpenAsync();
        await FailAsync("events", "PutEvents", error, faults: 100, () => exchange.SubmitReceiptAsync());
        var history = await EndedAsync(exchange);
        Assert.Equal(["Open", "Commit", "Publish"], history.States);
        Assert.Equal(1, history.Count("ExecutionSucceeded"));
    }

    [Fact]
    public async Task PublishEnding_FailsForHours_PublishesAfterwards()
    {
        var exchange = await OpenAsync();
        await FailAsync("events", "PutEvents", "ServiceUnavailable", faults: 100, () => exchange.DeclineAsync());
        Assert.Equal(1, (await EndedAsync(exchange)).Count("ExecutionSucceeded"));
    }

    [Theory]
    [InlineData("ThrottlingException")]
    [InlineData("UnrecognizedClientException")]
    public async Task Open_FailsForAMoment_OpensAndCompletes(string error)
    {
        var document = await TestDocument.DepositAsync(alice, bob);
        plan.Rules = [Rule("dynamodb", "PutItem", error) with { Probability = 0.7 }];
        var exchange = await RequestAsync(document);
        await RecordedAsync(exchange);
        plan.Rules = [];
        Assert.True(plan.Injected.GetValueOrDefault(FaultKind.Refuse) > 0);
        (await exchange.SubmitReceiptAsync()).Require(200);
        Assert.Equal("Completed", await StateAsync(exchange));
    }

    [Fact]
    public async Task Receipt_AcceptedBeforeTheDeadlineAndHandedOverLate_Delivers()
    {
        var exchange = await OpenAsync(deadlineSeconds: 600);
        var receipt = await exchange.SignAsync();
        time.Advance(exchange.Challenge.Statement.Due!.Value - time.GetUtcNow() - TimeSpan.FromSeconds(2));
        plan.Rules = [new FaultRule(FaultKind.Delay, 1, "kms", "Sign", TimeSpan.FromSeconds(25))];
        var answer = exchange.SubmitReceiptAsync(receipt.Text);
        await AdvanceAsync(TimeSpan.Zero, () => plan.Injected.GetValueOrDefault(FaultKind.Delay) > 0);
        await AdvanceAsync(TimeSpan.FromSeconds(1), () => time.GetUtcNow() > exchange.Challenge.Statement.Due.Value.AddSeconds(24));
        plan.Rules = [];
        (await answer).Require(200);
        Assert.Equal("Completed", await StateAsync(exchange));
    }

    [Fact]
    public async Task Wait_AfterTheDeadline_IsLongerThanTheFunctionThatAcceptsReceipts()
    {
        var exchange = await OpenAsync(deadlineSeconds: 600);
        (await exchange.DeclineAsync()).Require(200);
        var input = (await EndedAsync(exchange)).Single("ExecutionStarted")["executionStartedEventDetails"]!["input"]!.GetValue<string>();
        var wait = System.Text.Json.Nodes.JsonNode.Parse(input)!["timeoutSeconds"]!.GetValue<int>();
        var functions = System.Text.Json.Nodes.JsonNode.Parse(TestHost.Template)!["Resources"]!
            .AsObject()
            .Select(resource => resource.Value!["Properties"])
            .Where(properties => properties?["Handler"]?.GetValue<string>() == "SubmitReceipt");
        Assert.True(wait - 600 >= functions.Single()!["Timeout"]!.GetValue<int>() + 10);
    }

    private static FaultRule Rule(string service, string operation, string error) =>
        error == Slow
            ? new FaultRule(FaultKind.Delay, 1, service, operation, TimeSpan.FromMinutes(20))
            : new FaultRule(FaultKind.Refuse, 1, service, operation, Code: error);

    /// <summary>Lets a call fail so many times, putting the clock forward past every retry, and then no more.</summary>
    private async Task FailAsync(
        string service,
        string operation,
        string error,
        int faults,
        Func<Task> act,
        IEnumerable<FaultRule>? others = null
    )
    {
        var rule = Rule(service, operation, error);
        var before = plan.Injected.GetValueOrDefault(rule.Kind);
        plan.Rules = [rule, .. others ?? []];
        var acting = act();
        if (!acting.IsCompleted)
        {
            // The clock stands still until the party's call has reached the state that fails.
            await AdvanceAsync(TimeSpan.Zero, () => plan.Injected.GetValueOrDefault(rule.Kind) > before);
        }

        await AdvanceAsync(TimeSpan.FromMinutes(16), () => plan.Injected.GetValueOrDefault(rule.Kind) - before >= faults);
        plan.Rules = [];
        await acting;
    }

    /// <summary>
    /// Puts the clock forward until a fault has struck so often. It stands still until the first: put forward while a receipt is on its
    /// way to the commit, it would be past the deadline, or the function's time.
    /// </summary>
    private async Task StrikesAsync(FaultKind kind, int times, TimeSpan step)
    {
        await AdvanceAsync(TimeSpan.Zero, () => plan.Injected.GetValueOrDefault(kind) > 0);
        await AdvanceAsync(step, () => plan.Injected.GetValueOrDefault(kind) >= times);
    }

    private async Task AdvanceAsync(TimeSpan step, Func<bool> reached)
    {
        for (var round = 0; !reached(); round++)
        {
            time.Advance(step);
            await PauseAsync(round);
        }
    }

    // A function that is slower than a pause finds its own time over: where the machine is slow, the pauses become longer.
    private static Task PauseAsync(int round) => Task.Delay(TimeSpan.FromMilliseconds(Math.Min(25 * Math.Pow(1.01, round), 10_000)));

    private async Task<TestExchange> OpenAsync(int? deadlineSeconds = null)
    {
        var document = await TestDocument.DepositAsync(alice, bob);
        var exchange = await TestExchange.RequestAsync(bob, document, deadlineSeconds);
        await RecordedAsync(exchange);
        return exchange;
    }

    private async Task<TestExchange> RequestAsync(TestDocument document)
    {
        while (true)
        {
            try
            {
                return await TestExchange.RequestAsync(bob, document);
            }
            catch (InvalidOperationException)
            {
                time.Advance(TimeSpan.FromSeconds(1));
            }
        }
    }

    private async Task RecordedAsync(TestExchange exchange)
    {
        for (var round = 0; (await bob.GetAsync($"/exchanges/{exchange.Id}")).Status != 200; round++)
        {
            time.Advance(TimeSpan.FromSeconds(1));
            await PauseAsync(round);
        }
    }

    private async Task<History> EndedAsync(TestExchange exchange)
    {
        for (var round = 0; await History.IsRunningAsync(host, exchange.Id.ToString()); round++)
        {
            time.Advance(TimeSpan.FromMinutes(16));
            await PauseAsync(round);
        }

        await bob.SignInAgainAsync();
        return await History.OfEndedAsync(host, exchange.Id.ToString());
    }

    private async Task<string> StateAsync(TestExchange exchange)
    {
        await bob.SignInAgainAsync();
        return await exchange.StateAsync(bob);
    }
}
