using System.Collections.Concurrent;
using FairShare.Testing;
using TemplateHost.Hosting;
using Xunit;

namespace FairShare.Scenarios.Tests.Scale;

/// <summary>
/// Which quota binds first, by what an exchange was seen to call and a simulation of AWS's buckets. <c>FAIRSHARE_SCALE=write</c> writes the
/// tables of docs/scale.md anew.
/// </summary>
public sealed class ScaleTests
{
    private const string Begin = "<!-- the tables -->\n";
    private const string End = "<!-- their end -->\n";
    private const int Exchanges = 4;

    // What the log writes for an exchange when a batch has 23, as LogCostTests counts it: its own calls are of batches.
    private const double LogWrites = 117.0 / 23;
    private readonly ConcurrentDictionary<string, int> called = [];

    [Fact]
    public async Task Tables_OfThePage_AreWhatRecordedCallsComeTo()
    {
        Assert.SkipWhen(TestHost.PublishedFunctions is not null, "The calls are the same.");
        var path = Path.Combine(Operations.Runbook.Root, "docs", "scale.md");
        var page = await File.ReadAllTextAsync(path, TestContext.Current.CancellationToken);
        var tables = ScalePage.Write(await RecordAsync());
        var (before, after) = (page.Split(Begin)[0], page.Split(End)[1]);
        if (Environment.GetEnvironmentVariable("FAIRSHARE_SCALE") == "write")
        {
            await File.WriteAllTextAsync(path, $"{before}{Begin}{tables}{End}{after}", TestContext.Current.CancellationToken);
            return;
        }

        Assert.Equal($"{before}{Begin}{tables}{End}{after}", page);
    }

    [Theory]
    [InlineData(100, 0, 100, null, 0)]
    [InlineData(100, 0, 110, "q", 10)]
    [InlineData(100, 1000, 200, "q", 11)]
    public void Play_OneBucket_RefusesWhenItIsEmpty(double perSecond, double spare, int load, string? first, double after)
    {
        var quota = new Quota("q", "n", perSecond + spare, perSecond, "");
        var run = ScaleRun.Play(load, new Dictionary<string, double> { ["n"] = 1 }, [quota]);
        Assert.Equal(first, run.First?.Name);
        // The bucket empties at the difference of the two rates.
        Assert.InRange(run.After, after - 0.1, after + 0.1);
    }

    /// <summary>What every further exchange takes, with the upload before it: the mean of some, none the first of its parties.</summary>
    private async Task<IReadOnlyDictionary<string, double>> RecordAsync()
    {
        var options = new EmbeddedHostOptions
        {
            Listen = false,
            Called = call => called.AddOrUpdate(call.Operation, 1, (_, count) => count + 1),
        };
        await using var host = await TestHost.StartAsync(options, TestTemplate.WithoutLog(), isJudged: false);
        using var alice = await TestParty.JoinAsync(host, "alice");
        using var bob = await TestParty.JoinAsync(host, "bob");
        await TradeAsync(host, alice, bob);
        var (units, calls) = (host.Embedded.MeterTotals.ToDictionary(), called.ToDictionary());
        for (var number = 0; number < Exchanges; number++)
        {
            await TradeAsync(host, alice, bob);
        }

        var later = host.Embedded.MeterTotals.Concat(called.Select(call => KeyValuePair.Create(call.Key, (double)call.Value)));
        return later
            .Where(unit => Needed.Contains(unit.Key))
            .ToDictionary(
                unit => unit.Key,
                unit =>
                    ((unit.Value - units.GetValueOrDefault(unit.Key) - calls.GetValueOrDefault(unit.Key)) / Exchanges)
                    + (unit.Key == Quota.Writes ? LogWrites : 0)
            );
    }

    private static HashSet<string> Needed { get; } = [.. Quota.Of(isLargeRegion: true, isGrown: true).Select(quota => quota.Need)];

    private static async Task TradeAsync(TestHost host, TestParty alice, TestParty bob)
    {
        var exchange = await TestExchange.RequestAsync(bob, await TestDocument.DepositAsync(alice, bob));
        // 202 where the machine is slow: the ending comes all the same, and nothing polls for it.
        Assert.True((await exchange.SubmitReceiptAsync()).Status is 200 or 202);
        await Quiet.UntilAsync([host.Embedded]);
    }
}
