using System.Diagnostics;
using Xunit;

namespace FairShare.Scenarios.Tests.Simulation;

/// <summary>Half a day of exchanges with faults, each run in a process of its own: only the seed is shared.</summary>
public sealed class ReplayTests
{
    [Fact]
    public async Task Day_OfOneSeed_RepeatsEveryCallAndEveryAnswerAndAnotherSeedDoesNot()
    {
        var runs = await Task.WhenAll(RunAsync(1), RunAsync(1), RunAsync(2));

        Assert.Equal(runs[0], runs[1]);
        Assert.NotEqual(runs[0], runs[2]);
        Assert.DoesNotContain(runs[0], line => line.Contains("UNFAIR", StringComparison.Ordinal));
        Assert.Equal(8, runs[0].Count(line => line.Contains(", fair, ", StringComparison.Ordinal)));
        Assert.All(
            ["Completed", "Declined", "Aborted", "Expired"],
            ending => Assert.Contains(runs[0], line => line.Contains($": {ending}, fair", StringComparison.Ordinal))
        );
    }

    private static async Task<string[]> RunAsync(int seed)
    {
        var program = Path.Combine(AppContext.BaseDirectory, "FairShare.Simulation.dll");
        var start = new ProcessStartInfo("dotnet", [program, "day", $"{seed}"]) { RedirectStandardOutput = true, RedirectStandardError = true };
        // A run on one thread has no room for functions in processes of their own.
        start.Environment.Remove("FAIRSHARE_FUNCTIONS");
        using var process = Process.Start(start)!;
        var errors = process.StandardError.ReadToEndAsync();
        var lines = (await process.StandardOutput.ReadToEndAsync()).Split('\n', StringSplitOptions.RemoveEmptyEntries);
        await process.WaitForExitAsync();
        Assert.True(process.ExitCode == 0, await errors);
        return lines;
    }
}
