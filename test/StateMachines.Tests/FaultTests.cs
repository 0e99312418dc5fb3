using FairShare.Testing;
using TemplateHost.Gateway.Faults;
using Xunit;

namespace FairShare.StateMachines.Tests;

/// <summary>
/// Each error on each state of the machine. A receipt that was accepted in time delivers, however long a service fails: only an abort or
/// an ending that stands in the table ends the exchange otherwise. Endings of the other kinds are reached as well.
/// </summary>
public sealed class FaultTests : FaultScenario
{
    private const string Write = "TransactWriteItems";

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
        Plan.Rules = [new FaultRule(FaultKind.CutAfter, 1, "dynamodb", Write)];
        var receipt = exchange.SubmitReceiptAsync();
        await StrikesAsync(FaultKind.CutAfter, 20, TimeSpan.FromMinutes(15));
        Plan.Rules = [];
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
        Plan.Rules = [Rule("dynamodb", Write, "TransactionCanceledException")];
        var receipt = exchange.SubmitReceiptAsync();
        await StrikesAsync(FaultKind.Refuse, 3, TimeSpan.FromSeconds(5));
        await receipt;
        Plan.Rules = [Rule("lambda", "Invoke", error), Rule("dynamodb", Write, "TransactionCanceledException")];
        // However many other calls of functions fail meanwhile: this state is entered when the sealing has failed to its last retry.
        for (var round = 0; !await History.HasEnteredAsync(Host, exchange.Id.ToString(), "PauseBeforeSealing"); round++)
        {
            Time.Advance(TimeSpan.FromMinutes(16));
            await PauseAsync(round);
        }

        Plan.Rules = [];
        await EndedAsync(exchange);
        Assert.Equal("Completed", await StateAsync(exchange));
    }

    [Fact]
    public async Task SealEnding_FunctionItselfFailsWithAReceiptInHand_DeliversAfterwards()
    {
        var exchange = await OpenAsync();
        Plan.Rules = [Rule("dynamodb", Write, "TransactionCanceledException")];
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
        Plan.Rules = [Rule("dynamodb", Write, error)];
        var receipt = exchange.SubmitReceiptAsync();
        await StrikesAsync(FaultKind.Refuse, 2, TimeSpan.FromSeconds(5));
        await receipt;
        Plan.Rules = [];
        await Alice.SignInAgainAsync();
        var abort = await Alice.PostAsync($"/documents/{exchange.Challenge.Statement.Document.Id}/abort");
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
        var document = await TestDocument.DepositAsync(Alice, Bob);
        Plan.Rules = [Rule("dynamodb", "PutItem", error) with { Probability = 0.7 }];
        var exchange = await RequestAsync(document);
        await RecordedAsync(exchange);
        Plan.Rules = [];
        Assert.True(Plan.Injected.GetValueOrDefault(FaultKind.Refuse) > 0);
        (await exchange.SubmitReceiptAsync()).Require(200);
        Assert.Equal("Completed", await StateAsync(exchange));
    }

    [Fact]
    public async Task Receipt_AcceptedBeforeTheDeadlineAndHandedOverLate_Delivers()
    {
        var exchange = await OpenAsync(deadlineSeconds: 600);
        var receipt = await exchange.SignAsync();
        Time.Advance(exchange.Challenge.Statement.Due!.Value - Time.GetUtcNow() - TimeSpan.FromSeconds(2));
        Plan.Rules = [new FaultRule(FaultKind.Delay, 1, "kms", "Sign", TimeSpan.FromSeconds(25))];
        var answer = exchange.SubmitReceiptAsync(receipt.Text);
        await AdvanceAsync(TimeSpan.Zero, () => Plan.Injected.GetValueOrDefault(FaultKind.Delay) > 0);
        await AdvanceAsync(TimeSpan.FromSeconds(1), () => Time.GetUtcNow() > exchange.Challenge.Statement.Due.Value.AddSeconds(24));
        Plan.Rules = [];
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
}
