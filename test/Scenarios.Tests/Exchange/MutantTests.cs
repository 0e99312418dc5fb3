using FairShare.Testing;
using Xunit;

namespace FairShare.Scenarios.Tests.Exchange;

/// <summary>
/// A guarantee that stands on one condition: with it the guarantee holds, and without it the same scenario shows the harm.
/// </summary>
public sealed class MutantTests
{
    [Fact]
    public async Task Commit_DocumentAbortedButTheSignalLost_DoesNotRelease() =>
        Assert.Equal("Aborted", await ReceiptAfterAbortWithoutSignalAsync(TestHost.Template));

    [Fact]
    public async Task Commit_WithoutTheAbortCondition_WouldReleaseAfterTheAbort() =>
        Assert.Equal(
            "Completed",
            await ReceiptAfterAbortWithoutSignalAsync(TemplateEdits.States(SharedDefects.CommitIgnoresTheAbort)(TestHost.Template))
        );

    // The abort changes the table, but may not signal the workflow: a crash between the two.
    private static async Task<string> ReceiptAfterAbortWithoutSignalAsync(string template)
    {
        var time = new ShiftedTime();
        await using var host = await TestHost.StartAsync(
            new() { Listen = false, Time = time },
            template.Replace("\"states:SendTaskFailure\"", "\"none:Nothing\"", StringComparison.Ordinal),
            isJudged: false
        );
        using var alice = await TestParty.JoinAsync(host, "alice");
        using var bob = await TestParty.JoinAsync(host, "bob");
        var document = await TestDocument.DepositAsync(alice, bob);
        var exchange = await TestExchange.RequestAsync(bob, document);
        await BadInput.BadInputCase.WaitUntilOpenAsync(exchange);
        (await alice.PostAsync($"/documents/{document.Id}/abort")).Require(200);

        await exchange.SubmitReceiptAsync();
        return await ExchangeEnd.OfAsync(exchange, time);
    }
}
