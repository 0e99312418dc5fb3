using System.Globalization;
using FairShare.Core.Identifiers;
using FairShare.Testing;
using TemplateHost.Gateway.Faults;
using TemplateHost.Hosting;
using TemplateHost.Kernel;

namespace FairShare.Simulation.Days;

/// <summary>Uploaders and downloaders who act at random times of a day, while services are slow, refuse and fail.</summary>
internal sealed class DayOfExchanges(int seed, VirtualTimeProvider clock, TextWriter output)
{
    private const int Exchanges = 8;

    private readonly Random fate = new(seed);
    private readonly FaultPlan plan = new(seed);
    private readonly Insistence insist = new(clock);

    public DateTimeOffset Start { get; } = clock.GetUtcNow();

    public int Calls { get; private set; }

    /// <summary>Exchanges that have not ended, or in which one party alone has the other's evidence.</summary>
    public int Unfair { get; private set; }

    public int Faults => plan.Injected.Values.Sum();

    public async Task RunAsync()
    {
        var options = new EmbeddedHostOptions
        {
            Listen = false,
            Time = clock,
            Random = new SeededRandomSource($"host {seed}"),
            SingleThreaded = true,
            // The SDK waits between its attempts by the system's clock, which has no part in a simulated run.
            FunctionVariables = new Dictionary<string, string> { ["AWS_MAX_ATTEMPTS"] = "1" },
            Faults = plan,
            Called = Note,
            StreamPollInterval = TimeSpan.FromSeconds(30),
        };
        await using var host = await TestHost.StartAsync(options, randomness: new Randomness(new SeededRandomSource($"parties {seed}")));
        using var uploader = await TestParty.JoinAsync(host, "uploader");
        using var downloader = await TestParty.JoinAsync(host, "downloader");
        plan.Rules =
        [
            new FaultRule(FaultKind.Delay, 0.05, Delay: TimeSpan.FromSeconds(2)),
            new FaultRule(FaultKind.Throttle, 0.02, "dynamodb"),
            new FaultRule(FaultKind.InternalError, 0.02, "dynamodb"),
            new FaultRule(FaultKind.CutAfter, 0.02, "dynamodb"),
        ];
        await Task.WhenAll(Enumerable.Range(1, Exchanges).Select(number => ExchangeAsync(number, uploader, downloader)));
        plan.Rules = [];
    }

    private async Task ExchangeAsync(int number, TestParty uploader, TestParty downloader)
    {
        var (begin, think, ending) = (Minutes(600), Minutes(75), fate.Next(5));
        await Task.Delay(begin, clock);
        var document = await DepositAsync(uploader, downloader);
        var exchange = await insist.UntilDoneAsync(async () =>
        {
            await downloader.SignInAgainAsync();
            return await TestExchange.RequestAsync(downloader, document, deadlineSeconds: 3600);
        });
        await Task.Delay(think, clock);
        await ActAsync(ending, document, exchange);
        await Task.Delay(TimeSpan.FromHours(2), clock);
        await ReportAsync(number, document, exchange);
    }

    private Task<TestDocument> DepositAsync(TestParty uploader, TestParty downloader) =>
        insist.UntilDoneAsync(async () =>
        {
            await uploader.SignInAgainAsync();
            return await TestDocument.DepositAsync(uploader, downloader);
        });

    /// <summary>What the parties do in the end; after the deadline each of it comes too late.</summary>
    private Task<int> ActAsync(int ending, TestDocument document, TestExchange exchange) =>
        insist.UntilDoneAsync(async () =>
        {
            await document.Uploader.SignInAgainAsync();
            await exchange.Downloader.SignInAgainAsync();
            var status = ending switch
            {
                0 or 1 => (await exchange.SubmitReceiptAsync()).Status,
                2 => (await exchange.DeclineAsync()).Status,
                3 => (await document.Uploader.PostAsync($"/documents/{document.Id}/abort")).Status,
                _ => 200,
            };
            return status < 500 ? status : throw new InvalidOperationException($"The service failed: {status}.");
        });

    /// <summary>Both parties have the other's evidence, or neither has.</summary>
    private async Task ReportAsync(int number, TestDocument document, TestExchange exchange)
    {
        var (state, uploader, downloader) = await insist.UntilDoneAsync(async () =>
        {
            await document.Uploader.SignInAgainAsync();
            await exchange.Downloader.SignInAgainAsync();
            return (
                await exchange.StateAsync(exchange.Downloader),
                await exchange.EvidenceAsync(document.Uploader),
                await exchange.EvidenceAsync(exchange.Downloader)
            );
        });
        var (origin, receipt) = (downloader.ContainsKey("nro"), uploader.ContainsKey("nrr"));
        var fair = origin == receipt && origin == (state == "Completed") && state != "AwaitingReceipt";
        Unfair += fair ? 0 : 1;
        output.WriteLine(
            string.Create(
                CultureInfo.InvariantCulture,
                $"{clock.GetUtcNow() - Start:c} exchange {number} {exchange.Id}: {state}, {(fair ? "fair" : "UNFAIR")}, "
                    + $"{uploader.Count} and {downloader.Count} tokens"
            )
        );
    }

    private TimeSpan Minutes(int most) => TimeSpan.FromMinutes(fate.Next(most));

    private void Note(ServedCall call)
    {
        Calls++;
        // Tokens of the user pool are signed with a key that the platform makes.
        var digest = call.Service == "cognito-idp" ? "" : call.Digest;
        output.WriteLine($"{call.At - Start:c} {call.Service} {call.Operation} {call.Outcome} {digest}");
    }

    private sealed class Randomness(IRandomSource source) : IRandomness
    {
        public void Fill(Span<byte> destination) => source.Fill(destination);
    }
}
