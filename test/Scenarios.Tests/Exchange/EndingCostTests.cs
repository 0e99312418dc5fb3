using FairShare.Testing;
using Xunit;

namespace FairShare.Scenarios.Tests.Exchange;

/// <summary>
/// What an exchange takes by the way in which it ends, from the announcement of the document to the evidence that both parties read,
/// counted by the host's own meter as the table in docs/costs.md says. How long functions run depends on the machine: the page's assumption
/// stands in for it. The log is metered by tests of its own.
/// </summary>
public sealed class EndingCostTests : IAsyncLifetime
{
    private const double FunctionSeconds = 0.02;
    private static readonly TimeSpan Deadline = TimeSpan.FromMinutes(10);

    private readonly ShiftedTime time = new();
    private TestHost host = null!;
    private TestParty alice = null!;
    private TestParty bob = null!;

    public async ValueTask InitializeAsync()
    {
        Assert.SkipWhen(TestHost.PublishedFunctions is not null, "Published functions go by the system's clock.");
        host = await TestHost.StartAsync(new() { Listen = false, Time = time }, TestTemplate.WithoutLog(), isJudged: false);
        (alice, bob) = (await TestParty.JoinAsync(host, "alice"), await TestParty.JoinAsync(host, "bob"));
        // The first of each pays for what is fetched once.
        await EndAsync(Complete);
        await EndAsync(Decline);
    }

    public async ValueTask DisposeAsync()
    {
        alice?.Dispose();
        bob?.Dispose();
        await (host?.DisposeAsync() ?? ValueTask.CompletedTask);
    }

    [Fact]
    public async Task Exchange_ByItsEnding_TakesWhatThePageSays()
    {
        await AssertAsync(Complete, "3 transitions, 3 signatures, 25 units written, 6 calls", 156);
        await AssertAsync(Decline, "5 transitions, 3 signatures, 25 units written, 6 calls", 205);
        await AssertAsync(Abort, "5 transitions, 5 signatures, 63 units written, 6 calls", 266);
        await AssertAsync(Expire, "5 transitions, 3 signatures, 23 units written, 5 calls", 201);
    }

    private static async Task Complete(TestDocument document, TestExchange exchange)
    {
        var released = (await exchange.SubmitReceiptAsync()).Require(200);
        Assert.Equal(document.Content, await document.Uploader.Host.Http.GetByteArrayAsync(released.Text("filePath")));
    }

    private static async Task Decline(TestDocument document, TestExchange exchange) => (await exchange.DeclineAsync()).Require(200);

    private static async Task Abort(TestDocument document, TestExchange exchange) =>
        (await document.Uploader.PostAsync($"/documents/{document.Id}/abort")).Require(200);

    private Task Expire(TestDocument document, TestExchange exchange)
    {
        time.Advance(Deadline + TimeSpan.FromMinutes(1));
        return Task.CompletedTask;
    }

    // What is read differs by a unit or two, with how often a wait has to look: the dollars may, too.
    private async Task AssertAsync(Func<TestDocument, TestExchange, Task> end, string expected, double dollars)
    {
        var before = host.Embedded.MeterTotals.ToDictionary();
        await EndAsync(end);
        var used = host.Since(before);
        Assert.Equal(
            expected,
            $"{used["stepFunctions.stateTransition"]} transitions, {used["kms.eccOperation"]} signatures, "
                + $"{used["dynamodb.writeRequestUnit"]} units written, {used["apiGateway.httpRequest"]} calls"
        );
        Assert.Equal(dollars, MeteredUnits.Dollars(used, FunctionSeconds), 3.0);
    }

    // Whoever asks after an ending again and again would be metered too: it is read once, when everything is quiet.
    private async Task EndAsync(Func<TestDocument, TestExchange, Task> end)
    {
        var document = await TestDocument.DepositAsync(alice, bob);
        var exchange = await TestExchange.RequestAsync(bob, document, (int)Deadline.TotalSeconds);
        await Quiet.UntilAsync([host.Embedded]);
        await end(document, exchange);
        await Quiet.UntilAsync([host.Embedded]);
        Assert.NotEmpty(await exchange.EvidenceAsync(alice));
        Assert.NotEmpty(await exchange.EvidenceAsync(bob));
    }
}
