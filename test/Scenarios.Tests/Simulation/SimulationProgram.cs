using System.Diagnostics;
using Xunit;

namespace FairShare.Scenarios.Tests.Simulation;

/// <summary>Runs the simulation, which needs a process with one thread.</summary>
internal static class SimulationProgram
{
    /// <returns>The lines of its standard output.</returns>
    public static async Task<string[]> RunAsync(params string[] arguments)
    {
        var program = Path.Combine(AppContext.BaseDirectory, "FairShare.Simulation.dll");
        var start = new ProcessStartInfo("dotnet", [program, .. arguments]) { RedirectStandardOutput = true, RedirectStandardError = true };
        // A run on one thread has no room for functions in processes of their own.
        start.Environment.Remove("FAIRSHARE_FUNCTIONS");
        using var process = Process.Start(start)!;
        var errors = process.StandardError.ReadToEndAsync();
        var lines = (await process.StandardOutput.ReadToEndAsync()).Split('\n', StringSplitOptions.RemoveEmptyEntries);
        await process.WaitForExitAsync();
        Assert.True(process.ExitCode == 0, string.Join('\n', lines.TakeLast(60)) + await errors);
        return lines;
    }
}
