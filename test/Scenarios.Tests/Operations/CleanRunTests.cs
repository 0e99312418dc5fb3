using System.Diagnostics;
using System.Globalization;
using Amazon.DynamoDBv2.Model;
using FairShare.Testing;
using FairShare.Testing.Metrics;
using FairShare.Testing.Oracle;
using Xunit;

namespace FairShare.Scenarios.Tests.Operations;

/// <summary>
/// A service in which nothing goes wrong: no alarm rings, and what its signals say is what the table holds.
/// <c>FAIRSHARE_CLEAN_EXCHANGES</c>
/// says how many exchanges there are; <c>FAIRSHARE_DASHBOARD</c> is a file into which the dashboard is drawn.
/// </summary>
public sealed class CleanRunTests(OperationsWorld world) : IClassFixture<OperationsWorld>
{
    private const int Steps = 10;
    private const int OfAPair = 200;
    private static readonly TimeSpan Step = TimeSpan.FromMinutes(15);

    private static int Exchanges =>
        int.Parse(Environment.GetEnvironmentVariable("FAIRSHARE_CLEAN_EXCHANGES") ?? "20", CultureInfo.InvariantCulture);

    [Fact]
    public async Task Run_WithoutFaults_IsSilentAndItsSignalsAreWhatTheTableHolds()
    {
        await world.PassAsync(TimeSpan.FromMinutes(16), TimeSpan.FromMinutes(8));
        var start = world.Now;
        for (var step = 0; step < Steps; step++)
        {
            await TradeAsync(step, Exchanges / Steps);
            await world.PassAsync(Step);
        }

        Assert.Empty(world.Ringing(start, world.Now));
        using var table = new TableReader(world.Service.Host);
        var items = await table.ScanAsync();
        // The stream is looked at four times a second, and a busy machine is late: the last batch may be under way.
        for (var patience = Stopwatch.StartNew(); !IsTold(items) && patience.Elapsed < TimeSpan.FromMinutes(1); )
        {
            await Task.Delay(TimeSpan.FromMilliseconds(250), TestContext.Current.CancellationToken);
            items = await table.ScanAsync();
        }

        RequireSame(items);
        RequireLines();
        Draw(start);
    }

    private async Task TradeAsync(int step, int count)
    {
        for (var done = 0; done < count; done += OfAPair)
        {
            using var alice = await TestParty.JoinAsync(world.Service.Host, $"alice{step}-{done}");
            using var bob = await TestParty.JoinAsync(world.Service.Host, $"bob{step}-{done}");
            for (var number = done; number < Math.Min(count, done + OfAPair); number++)
            {
                var exchange = await TestExchange.RequestAsync(bob, await TestDocument.DepositAsync(alice, bob));
                var answer = number == 0 ? await exchange.DeclineAsync() : await exchange.SubmitReceiptAsync();
                // A machine that is busy with other things answers 202 to a receipt after three seconds, and that is well.
                Assert.True(answer.Status is 200 or 202, $"{answer.Status}");
                await exchange.WaitForEndingAsync();
            }
        }
    }

    private bool IsTold(IReadOnlyList<Dictionary<string, AttributeValue>> items) =>
        EndingsOf(items).All(ending => ending.Value == world.Metrics.Total("FairShare", ending.Key));

    private static Dictionary<string, int> EndingsOf(IReadOnlyList<Dictionary<string, AttributeValue>> items) =>
        items.Where(item => item["sk"].S == "ENDING").CountBy(item => $"Exchanges{item["state"].S}").ToDictionary();

    /// <summary>The sequencer sees every token and every ending once, where nothing interrupts it.</summary>
    private void RequireSame(IReadOnlyList<Dictionary<string, AttributeValue>> items)
    {
        var endings = EndingsOf(items);
        Assert.Equal(Exchanges, endings["ExchangesCompleted"] + endings["ExchangesDeclined"] - CanaryExchanges());
        Assert.All(endings, ending => Assert.Equal(ending.Value, world.Metrics.Total("FairShare", ending.Key)));
        var kinds = items.Where(item => item["sk"].S == "LEAF").CountBy(item => MetricOf(item["kind"].S)).ToDictionary();
        Assert.All(kinds, kind => Assert.Equal((kind.Key, kind.Value), (kind.Key, world.Metrics.Total("FairShare", kind.Key))));
        var head = items.Single(item => item["pk"].S == "LOGHEAD#HEAD");
        var size = new MetricReading("FairShare", "LogSize", new Dictionary<string, string> { ["Stage"] = "dev" }, "Maximum");
        var day = TimeSpan.FromDays(2);
        Assert.Equal(head["leafCount"].N, $"{world.Metrics.Read(size, world.Now - day, day)}");
    }

    private int CanaryExchanges() =>
        (int)(world.Metrics.Total("FairShare", "CanaryExchanges") + world.Metrics.Total("FairShare", "CanaryDeclines"));

    private static string MetricOf(string kind) =>
        FairShare.Exchange.Evidence.EvidenceKinds.FromTypeName(kind) is null ? "TokensKeyRecord" : $"Tokens{kind}";

    /// <summary>No line but those of endings and metrics: while all goes well, nothing else is logged.</summary>
    private void RequireLines()
    {
        var others = world.Lines.Where(line => !line.Contains("\"_aws\"", StringComparison.Ordinal)).ToList();
        Assert.All(others, line => Assert.Contains("\"level\":\"INFO\"", line, StringComparison.Ordinal));
        Assert.All(others, line => Assert.Contains("\"exchangeId\":", line, StringComparison.Ordinal));
        Assert.Equal(Exchanges + CanaryExchanges(), others.Count);
    }

    private void Draw(DateTimeOffset start)
    {
        var drawing = new DashboardDrawing(world.Metrics, start, world.Now);
        var svg = drawing.Draw(Log.AuditedService.Template, world.Service.Host.Embedded.Outputs, world.Alarms);
        Assert.Contains("Exchanges by ending", svg, StringComparison.Ordinal);
        Assert.DoesNotContain("#d13212", svg, StringComparison.Ordinal);
        if (Environment.GetEnvironmentVariable("FAIRSHARE_DASHBOARD") is { } file)
        {
            File.WriteAllText(file, svg);
        }
    }
}
