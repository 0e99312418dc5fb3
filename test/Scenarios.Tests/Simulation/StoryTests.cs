using Xunit;

namespace FairShare.Scenarios.Tests.Simulation;

/// <summary>Short histories that are always the same, each with one fault at one call. docs/simulation.md.</summary>
public sealed class StoryTests
{
    // Of the cells of the table of calls and faults every so-manieth: what the continuous integration has time for.
    private const int Every = 41;

    private static bool IsLong => Environment.GetEnvironmentVariable("FAIRSHARE_HISTORIES") is not null;

    [Fact]
    public async Task Stories_WithOneFaultEach_KeepEveryPromise()
    {
        var lines = await SimulationProgram.RunAsync(
            IsLong ? ["systematic", "--each"] : ["systematic", "--cells", "--each", "--every", $"{Every}"]
        );

        Assert.Contains("violations: 0", lines);
        // A fault that did not strike is told as a violation.
        Assert.All(
            ["Completed", "Declined", "Aborted", "Expired", "Kept"],
            ending => Assert.Contains(lines, line => line.Contains(": history ") && line.Contains($" {ending}, "))
        );
        Assert.True(lines.Count(line => line.Contains(", 1 faults, ")) > 30, lines[^2]);
    }

    // The commit is given up after one conflict, and nobody sees then that there was a receipt: no story shows that without a fault.
    [Fact]
    public async Task Stories_OfAServiceWithASeededDefect_ShowIt()
    {
        const string Fault = "an exchange completes: Refuse at call 0 of dynamodb TransactWriteItems by Commit";

        var lines = await SimulationProgram.FailAsync("systematic", "--defect", "contention-ends-as-abort", "--about", Fault);

        Assert.Contains(lines, line => line.Contains("is aborted, and its document is not", StringComparison.Ordinal));
        Assert.Contains("violations: 1", lines);
    }
}
