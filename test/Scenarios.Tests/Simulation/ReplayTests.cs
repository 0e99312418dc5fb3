using System.Text.RegularExpressions;
using Xunit;

namespace FairShare.Scenarios.Tests.Simulation;

/// <summary>
/// Histories of exchanges, of the vault and of backups with faults, by their seeds, each run in a process of its own: only the seed is
/// shared. docs/simulation.md.
/// </summary>
public sealed partial class ReplayTests
{
    // What the continuous integration has time for; FAIRSHARE_HISTORIES says how many else.
    private const int Few = 20;
    private const int Replayed = 9;

    private static string Count => Environment.GetEnvironmentVariable("FAIRSHARE_HISTORIES") ?? $"{Few}";

    [Fact]
    public async Task Histories_OfEverySeed_KeepEveryPromiseAndRepeat()
    {
        var (lines, again) = await TwoAsync(["histories", "0", Count, "--each", "--coverage"], ["replay", $"{Replayed}"]);

        Assert.Equal("violations: 0", lines.Single(line => line.StartsWith("violations:", StringComparison.Ordinal)));
        Assert.Single(lines, line => line.StartsWith($"{Count} histories, ", StringComparison.Ordinal));
        Assert.All(
            ["Completed", "Declined", "Aborted", "Expired"],
            ending => Assert.Contains(lines, line => line.StartsWith("history ", StringComparison.Ordinal) && line.Contains(ending))
        );
        // Of every call: when, which, and what was answered.
        Assert.Equal(again, lines.Where(line => line.StartsWith($"history {Replayed}: ", StringComparison.Ordinal)));
        var digests = lines.Select(line => Digest().Match(line)).Where(match => match.Success).Select(match => match.Value).ToList();
        Assert.Equal(int.Parse(Count, System.Globalization.CultureInfo.InvariantCulture), digests.Distinct().Count());
    }

    [Fact]
    public async Task Histories_OfAServiceWithASeededDefect_ShowIt()
    {
        var lines = await SimulationProgram.RunAsync("defects", "13");

        Assert.True(lines.Length == 13 && lines.All(line => line.Contains(": found by history ")), string.Join('\n', lines));
    }

    private static async Task<(string[] First, string[] Second)> TwoAsync(string[] first, string[] second)
    {
        var runs = await Task.WhenAll(SimulationProgram.RunAsync(first), SimulationProgram.RunAsync(second));
        return (runs[0], runs[1]);
    }

    [GeneratedRegex("(?<=^history .*, )[0-9a-f]{16}$")]
    private static partial Regex Digest();
}
