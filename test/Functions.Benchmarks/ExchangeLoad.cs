using System.Diagnostics;
using FairShare.Testing;
using TemplateHost.Hosting;

namespace FairShare.Functions.Benchmarks;

/// <summary>
/// Whole exchanges, deposit and receipt included, in one process with the host and its handlers: how many a second, what each costs of CPU
/// time, and what each leaves on the host's disk once the host has closed its database.
/// </summary>
internal static class ExchangeLoad
{
    /// <param name="seconds">How long the clients work, after as long to warm up: the first thousands are spent on compilation.</param>
    /// <param name="clients">How many pairs of parties exchange at the same time.</param>
    public static async Task RunAsync(int seconds, int clients)
    {
        var directory = Directory.CreateTempSubdirectory("fairshare-load-").FullName;
        try
        {
            var (warmUp, done, elapsed, cpu, before) = await ExchangeAsync(directory, seconds, clients);
            var left = (SizeOf(directory) - before) / (double)(warmUp + done);
            Console.WriteLine($"{clients} clients, {done} exchanges in {elapsed.TotalSeconds:F1} s, after {warmUp} to warm up");
            Console.WriteLine($"exchanges a second      {done / elapsed.TotalSeconds, 8:F1}");
            Console.WriteLine($"CPU ms an exchange      {cpu.TotalMilliseconds / done, 8:F2}");
            Console.WriteLine($"disk octets an exchange {left, 8:F0}   (documents of 3000 octets included)");
        }
        finally
        {
            Directory.Delete(directory, recursive: true);
        }
    }

    private static async Task<Load> ExchangeAsync(string directory, int seconds, int clients)
    {
        var options = new EmbeddedHostOptions { Listen = false, DataDirectory = directory };
        await using (var first = await TestHost.StartAsync(options, TestTemplate.Unthrottled(), isJudged: false)) { }

        var before = SizeOf(directory);
        await using var host = await TestHost.StartAsync(options, TestTemplate.Unthrottled(), isJudged: false);
        var pairs = new List<(TestParty Alice, TestParty Bob)>();
        for (var pair = 0; pair < clients; pair++)
        {
            pairs.Add((await JoinAsync(host, $"alice{pair}"), await JoinAsync(host, $"bob{pair}")));
        }

        var warmUp = await ExchangeAsync(pairs, seconds);
        var (watch, cpu) = (Stopwatch.StartNew(), Cpu());
        var done = await ExchangeAsync(pairs, seconds);
        return new(warmUp, done, watch.Elapsed, Cpu() - cpu, before);
    }

    /// <returns>How many exchanges were completed.</returns>
    private static async Task<int> ExchangeAsync(List<(TestParty Alice, TestParty Bob)> pairs, int seconds)
    {
        var (watch, done) = (Stopwatch.StartNew(), 0);
        await Task.WhenAll(
            pairs.Select(async pair =>
            {
                while (watch.Elapsed.TotalSeconds < seconds)
                {
                    await ExchangeAsync(pair.Alice, pair.Bob);
                    Interlocked.Increment(ref done);
                }
            })
        );
        return done;
    }

    private static async Task ExchangeAsync(TestParty alice, TestParty bob)
    {
        var document = await TestDocument.DepositAsync(alice, bob);
        var exchange = await TestExchange.RequestAsync(bob, document);
        (await exchange.SubmitReceiptAsync()).Require(200);
    }

    private static async Task<TestParty> JoinAsync(TestHost host, string name)
    {
        var party = await TestParty.JoinAsync(host, name);
        await TestLimits.RaiseAsync(party, 1000);
        return party;
    }

    private static TimeSpan Cpu() => Process.GetCurrentProcess().TotalProcessorTime;

    /// <summary>What the files of a closed host hold; the same whatever the size of the disk's blocks.</summary>
    private static long SizeOf(string directory) =>
        new DirectoryInfo(directory).EnumerateFiles("*", SearchOption.AllDirectories).Sum(file => file.Length);

    private sealed record Load(int WarmUp, int Done, TimeSpan Elapsed, TimeSpan Cpu, long Before);
}
