using TemplateHost.Testing;
using TemplateHost.Tests.Lambda;
using TemplateHost.Tests.Support;
using Xunit;

namespace TemplateHost.Tests.Persistence;

/// <summary>
/// A host that is killed again and again under load keeps everything that it acknowledged, and every timer that it armed.
/// </summary>
public sealed class KillTests : IDisposable
{
    private readonly string directory = Directory.CreateTempSubdirectory("template-host-kill-").FullName;
    private readonly ShellFunctions functions = new();

    /// <summary>Five by default; <c>TEMPLATE_HOST_KILLS=100</c> for the long run.</summary>
    private static int Kills => int.TryParse(Environment.GetEnvironmentVariable("TEMPLATE_HOST_KILLS"), out var given) ? given : 5;

    private string Data => Path.Combine(directory, "data");

    public void Dispose()
    {
        functions.Dispose();
        Directory.Delete(directory, recursive: true);
    }

    [Fact]
    public async Task Host_KilledUnderLoad_LosesNothingThatItAcknowledged()
    {
        var template = Path.Combine(directory, "template.json");
        await File.WriteAllTextAsync(template, KillTemplate.Text);
        var writes = Enumerable.Range(0, 4).Select(client => new WriteLoad($"client-{client}")).ToList();
        var expiry = new ExpiryLoad("expiry");
        Load[] loads =
        [
            .. writes,
            expiry,
            new ExecutionLoad("one"),
            new ExecutionLoad("two"),
            new DelayLoad("delay"),
            new VisibilityLoad("visibility"),
            new EventLoad("events"),
            new FunctionLoad("functions", functions),
        ];
        var (lives, tally) = (new HostLives(), new Tally());
        await KillAsync(template, loads, lives);
        using (var last = await HostProcess.StartAsync(Data, template, functions.Location))
        {
            lives.Begin();
            foreach (var load in loads)
            {
                await load.SettleAsync(last, lives, tally);
            }

            await WriteLoad.VerifyQueuesAsync(last, writes, tally);
        }

        await VerifyLaterAsync(expiry, tally);
        TestContext.Current.SendDiagnosticMessage($"{Kills} kills, {writes.Sum(load => load.Acknowledged.Count)} rounds; {tally}");
        Assert.Empty(tally.Lost.Concat(tally.Twice).Concat(tally.Wrong).Take(20));
        Assert.Equal((tally.TimersArmed, tally.ExecutionsStarted), (tally.TimersFired, tally.ExecutionsEnded));
        Assert.All(loads, load => Assert.NotEmpty(load.Acknowledged));
    }

    private async Task KillAsync(string template, Load[] loads, HostLives lives)
    {
        var random = new Random(20261121);
        for (var kill = 0; kill < Kills; kill++)
        {
            using var host = await HostProcess.StartAsync(Data, template, functions.Location);
            lives.Begin();
            var running = loads.Select(load => Task.Run(() => load.RunAsync(host))).ToList();
            await ProgressAsync(loads, random.Next(1, 12), running);
            host.Kill();
            lives.End();
            await Task.WhenAll(running);
        }
    }

    /// <summary>
    /// Waits until each load was acknowledged something by this host, and one of them as much as given: kills come at random points of
    /// the work, on a slow machine as on a fast one.
    /// </summary>
    private static async Task ProgressAsync(Load[] loads, int rounds, List<Task> running)
    {
        var before = loads.Select(load => load.Rounds).ToList();
        List<int> Done() => [.. loads.Zip(before, (load, start) => load.Rounds - start)];
        bool IsEnough() => Done() is var done && done.Min() > 0 && done.Max() >= rounds;
        await Waiting.UntilAsync(() => Task.FromResult(IsEnough() || running.Exists(load => load.IsCompleted)), isEnough => isEnough);
        Assert.DoesNotContain(running, load => load.IsCompleted);
    }

    /// <summary>Two days later, on a clock of the test's own.</summary>
    private async Task VerifyLaterAsync(ExpiryLoad expiry, Tally tally)
    {
        var time = new ManualTime();
        time.Advance(DateTimeOffset.UtcNow.AddDays(2) - time.GetUtcNow());
        await using var later = await TestHost.StartAsync(KillTemplate.Text, time, Data, functions.Location);
        // One hour starts a sweep of each kind; they run beside the clock.
        time.Advance(TimeSpan.FromHours(1));
        await Waiting.UntilAsync(
            async () =>
            {
                var seen = new Tally();
                await expiry.VerifyExpiredAsync(later, seen);
                return seen.Lost.Count;
            },
            lost => lost == 0
        );
        await expiry.VerifyExpiredAsync(later, tally);
    }
}
