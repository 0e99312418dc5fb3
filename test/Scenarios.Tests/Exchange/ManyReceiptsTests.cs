using FairShare.Testing;
using Xunit;

namespace FairShare.Scenarios.Tests.Exchange;

/// <summary>
/// Many receipts at once on one document, whose transactions take as long as DynamoDB's and so meet: all complete, and all are proven.
/// </summary>
public sealed class ManyReceiptsTests
{
    private const int Parties = 10;
    private const int AtOnce = 100;

    /// <summary>200; <c>FAIRSHARE_RECEIPTS=1000</c> for the long form.</summary>
    private static int Receipts =>
        int.Parse(Environment.GetEnvironmentVariable("FAIRSHARE_RECEIPTS") ?? "200", System.Globalization.CultureInfo.InvariantCulture);

    [Fact]
    public async Task Receipts_ManyAtOnceOnOneDocument_AllComplete()
    {
        var cancelled = 0;
        await using var host = await TestHost.StartAsync(
            new()
            {
                Listen = false,
                TransactionDuration = TimeSpan.FromMilliseconds(30),
                Called = call => cancelled += call is { Operation: "TransactWriteItems", Outcome: "TransactionCanceledException" } ? 1 : 0,
            }
        );
        using var alice = await TestParty.JoinAsync(host, "alice");
        var document = await TestDocument.DepositAsync(alice);
        var readers = await Task.WhenAll(Enumerable.Range(0, Parties).Select(number => TestParty.JoinAsync(host, $"reader{number}")));
        var exchanges = await InTurnsAsync(
            Enumerable.Range(0, Receipts),
            number => TestExchange.RequestAsync(readers[number % Parties], document)
        );
        var receipts = await InTurnsAsync(exchanges, async exchange => (Exchange: exchange, Receipt: await exchange.SignAsync()));

        var answers = await InTurnsAsync(receipts, pair => pair.Exchange.SubmitReceiptAsync(pair.Receipt.Text));
        var endings = await InTurnsAsync(exchanges, exchange => exchange.WaitForEndingAsync());

        Assert.All(answers, answer => Assert.True(answer.Status is 200 or 202, $"{answer.Status} {answer.Code}"));
        Assert.Equal(Receipts, endings.Count(ending => ending == "Completed"));
        Assert.True(cancelled > 0, "No two receipts met: this shows nothing.");
        TestContext.Current.SendDiagnosticMessage($"{Receipts} receipts, {cancelled} transactions cancelled by others, all completed.");
        // The oracle has judged each as its ending was asked for.
        Assert.Equal(Receipts, host.ProvenExchanges);
        foreach (var reader in readers)
        {
            reader.Dispose();
        }
    }

    private static async Task<TResult[]> InTurnsAsync<T, TResult>(IEnumerable<T> all, Func<T, Task<TResult>> act)
    {
        using var turns = new SemaphoreSlim(AtOnce);
        return await Task.WhenAll(
            all.Select(async item =>
            {
                await turns.WaitAsync();
                try
                {
                    return await act(item);
                }
                finally
                {
                    turns.Release();
                }
            })
        );
    }
}
