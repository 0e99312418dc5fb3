using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using FairShare.Client.Log;
using FairShare.Log.Checkpoints;
using FairShare.Log.Leaves;
using FairShare.Testing;
using FairShare.Testing.Oracle;
using TemplateHost.Hosting;

namespace FairShare.Functions.Benchmarks;

/// <summary>
/// How long after a release is sealed it can be proven: from the answer to the receipt until <c>GET /log/proofs/…</c> has the proof, with
/// the batching window of the template.
/// </summary>
internal static class ProvableLoad
{
    private static readonly TimeSpan Window = TimeSpan.FromSeconds(60);

    /// <param name="seconds">How long exchanges are made.</param>
    /// <param name="clients">How many pairs of parties make them without a pause; 0 is one exchange a second.</param>
    public static async Task RunAsync(int seconds, int clients)
    {
        var options = new EmbeddedHostOptions { Listen = false, LongestBatchingWindow = Window };
        await using var host = await TestHost.StartAsync(options, TestTemplate.Unthrottled(), isJudged: false);
        var pairs = new List<(TestParty Alice, TestParty Bob)>();
        for (var pair = 0; pair < Math.Max(1, clients); pair++)
        {
            pairs.Add((await JoinAsync(host, $"alice{pair}"), await JoinAsync(host, $"bob{pair}")));
        }

        var (watch, sealedAt) = (Stopwatch.StartNew(), new ConcurrentBag<(TestExchange Exchange, TimeSpan At)>());
        using var http = new HttpClient(host.Embedded.CreateHandler()) { BaseAddress = new Uri(host.Embedded.ApiUrl + "/log/") };
        using var stopping = new CancellationTokenSource();
        var log = new LogClient(http);
        var sights = WatchAsync(log, watch, stopping.Token);
        await Task.WhenAll(pairs.Select(pair => MakeAsync(pair.Alice, pair.Bob, clients == 0, seconds, watch, sealedAt)));
        var made = watch.Elapsed;
        var places = await FindAsync(host, log, sealedAt);
        await stopping.CancelAsync();
        var seen = await sights;
        List<double> waits =
        [
            .. places.Select(place => (seen.First(sight => sight.Size > place.Index).At - place.At).TotalSeconds).Order(),
        ];
        Console.WriteLine(
            string.Create(
                CultureInfo.InvariantCulture,
                $"{sealedAt.Count} exchanges in {made.TotalSeconds:0} s ({sealedAt.Count / made.TotalSeconds:0.0} a second): "
                    + $"sealed to provable {waits[0]:0.0} s at least, "
                    + $"{waits[waits.Count / 2]:0.0} s in the median, {waits[^1]:0.0} s at most"
            )
        );
    }

    private static async Task MakeAsync(
        TestParty alice,
        TestParty bob,
        bool isPaced,
        int seconds,
        Stopwatch watch,
        ConcurrentBag<(TestExchange Exchange, TimeSpan At)> sealedAt
    )
    {
        for (var next = TimeSpan.Zero; watch.Elapsed.TotalSeconds < seconds; next += TimeSpan.FromSeconds(1))
        {
            if (isPaced && next > watch.Elapsed)
            {
                await Task.Delay(next - watch.Elapsed);
            }

            var exchange = await TestExchange.RequestAsync(bob, await TestDocument.DepositAsync(alice, bob));
            (await exchange.SubmitReceiptAsync()).Require(200);
            sealedAt.Add((exchange, watch.Elapsed));
        }
    }

    /// <summary>When the published log had which size: a token is provable as soon as it is larger than the token's index.</summary>
    private static async Task<List<(long Size, TimeSpan At)>> WatchAsync(LogClient log, Stopwatch watch, CancellationToken stop)
    {
        var sights = new List<(long Size, TimeSpan At)>();
        while (!stop.IsCancellationRequested)
        {
            var note = await log.FindCheckpointAsync(CancellationToken.None);
            var size = note is null ? 0 : Checkpoint.Parse(note.Text).Size;
            if (size > sights.LastOrDefault().Size)
            {
                sights.Add((size, watch.Elapsed));
            }

            await Task.Delay(100, CancellationToken.None);
        }

        return sights;
    }

    /// <summary>The index of each exchange's release, and when it was sealed, once the log has them all.</summary>
    private static async Task<List<(long Index, TimeSpan At)>> FindAsync(
        TestHost host,
        LogClient log,
        IReadOnlyCollection<(TestExchange Exchange, TimeSpan At)> sealedAt
    )
    {
        using var table = new TableReader(host);
        var places = new List<(long Index, TimeSpan At)>();
        foreach (var (exchange, at) in sealedAt)
        {
            var ending = (await table.QueryAsync($"EXCHANGE#{exchange.Id}")).Single(item => item["sk"].S == "ENDING");
            var hash = LogLeaf.OfToken(ending["release"].S).TokenHash;
            var proof =
                await log.WaitForProofAsync(hash, TimeProvider.System, TimeSpan.FromMinutes(10), default)
                ?? throw new TimeoutException("A release does not enter the log.");
            places.Add((proof.Index, at));
        }

        return places;
    }

    private static async Task<TestParty> JoinAsync(TestHost host, string name)
    {
        var party = await TestParty.JoinAsync(host, name);
        await TestLimits.RaiseAsync(party, 1000);
        return party;
    }
}
