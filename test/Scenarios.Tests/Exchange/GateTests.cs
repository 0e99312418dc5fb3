using FairShare.Aws.Exchange;
using FairShare.Testing;
using TemplateHost.Gateway.Faults;
using Xunit;

namespace FairShare.Scenarios.Tests.Exchange;

/// <summary>
/// Commits and aborts meet at a document's gates: whichever comes in between, one of them decides, and nothing acquired is deleted.
/// </summary>
public sealed class GateTests
{
    private const int MostCalls = 40;

    [Fact]
    public async Task Abort_ReceiptAfterEachOfItsCalls_OneOfThemWinsAndNothingAcquiredIsDeleted()
    {
        var interleaving = new Interleaving();
        var time = new ShiftedTime();
        await using var host = await TestHost.StartAsync(
            new()
            {
                Listen = false,
                Time = time,
                Called = interleaving.Note,
            }
        );
        using var alice = await TestParty.JoinAsync(host, "alice");
        using var bob = await TestParty.JoinAsync(host, "bob");
        var endings = new HashSet<string>();
        for (var call = 1; call <= MostCalls; call++)
        {
            var document = await TestDocument.DepositAsync(alice, bob);
            var exchange = await OpenAsync(bob, document);
            interleaving.After(call, () => exchange.SubmitReceiptAsync());
            var abort = await alice.PostAsync($"/documents/{document.Id}/abort");
            if (!interleaving.Happened)
            {
                interleaving.Forget();
                break;
            }

            var ending = await ExchangeEnd.OfAsync(exchange, time);
            endings.Add(ending);
            Assert.Equal(ending == "Completed" ? 3 : 2, abort.Require(200)["abort"].GetValue<int>());
            await AssertBytesAsync(exchange, document, ending);
        }

        Assert.True(interleaving.Ran > 2, "The abort was expected to make several calls.");
        Assert.Equal(["Aborted", "Completed"], endings.Order());
    }

    [Fact]
    public async Task Abort_Stands_NoGateLetsAReceiptThrough()
    {
        // Nothing tells the open exchanges of the abort: only the gates stand between it and their receipts.
        var time = new ShiftedTime();
        var template = TestHost.Template.Replace("\"states:SendTaskFailure\"", "\"none:Nothing\"", StringComparison.Ordinal);
        await using var host = await TestHost.StartAsync(new() { Listen = false, Time = time }, template);
        using var alice = await TestParty.JoinAsync(host, "alice");
        using var bob = await TestParty.JoinAsync(host, "bob");
        var document = await TestDocument.DepositAsync(alice, bob);
        var exchanges = await OneForEachGateAsync(bob, document);
        (await exchanges["00"].SubmitReceiptAsync()).Require(200);
        await alice.PostAsync($"/documents/{document.Id}/abort");

        var open = exchanges.Where(exchange => exchange.Key != "00").Select(exchange => exchange.Value).ToList();
        await Task.WhenAll(open.Select(exchange => exchange.SubmitReceiptAsync()));

        foreach (var exchange in open)
        {
            Assert.Equal("Aborted", await ExchangeEnd.OfAsync(exchange, time));
        }
    }

    private static async Task<Dictionary<string, TestExchange>> OneForEachGateAsync(TestParty downloader, TestDocument document)
    {
        var found = new Dictionary<string, TestExchange>();
        while (found.Count < DocumentGates.Count)
        {
            var exchange = await TestExchange.RequestAsync(downloader, document);
            found.TryAdd(DocumentGates.Of(exchange.Id), exchange);
        }

        await Task.WhenAll(found.Values.Select(BadInput.BadInputCase.WaitUntilOpenAsync));
        return found;
    }

    private static async Task<TestExchange> OpenAsync(TestParty downloader, TestDocument document)
    {
        var exchange = await TestExchange.RequestAsync(downloader, document);
        await BadInput.BadInputCase.WaitUntilOpenAsync(exchange);
        return exchange;
    }

    private static async Task AssertBytesAsync(TestExchange exchange, TestDocument document, string ending)
    {
        var download = await exchange.Downloader.PostAsync($"/exchanges/{exchange.Id}/download");
        Assert.Equal(ending == "Completed", download.Status == 200);
        if (download.Status == 200)
        {
            Assert.Equal(document.Content, await document.Uploader.Host.Http.GetByteArrayAsync(download.Text("filePath")));
        }
    }

    /// <summary>Does one thing after the n-th call that a service answers.</summary>
    private sealed class Interleaving
    {
        private int left;
        private Func<Task>? act;

        public int Ran { get; private set; }

        public bool Happened => act is null;

        public void After(int call, Func<Task> thing) => (act, left) = (thing, call);

        public void Forget() => act = null;

        public void Note(ServedCall call)
        {
            if (call.Service is "dynamodb" or "kms" && act is { } thing && --left == 0)
            {
                act = null;
                Ran++;
                Task.Run(thing).GetAwaiter().GetResult();
            }
        }
    }
}
