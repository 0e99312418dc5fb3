using System.Diagnostics;
using Xunit;

namespace FairShare.Scenarios.Tests.Simulation;

/// <summary>Runs the simulation, which needs a process with one thread.</summary>
internal static class SimulationProgram
{
    /// <summary>Runs it to a good end.</summary>
    /// <returns>The lines of its standard output.</returns>
    public static Task<string[]> RunAsync(params string[] arguments) => RunAsync(0, arguments);

    /// <summary>Runs it to the end that it has when a promise was broken.</summary>
    /// <returns>The lines of its standard output.</returns>
    public static Task<string[]> FailAsync(params string[] arguments) => RunAsync(1, arguments);

    private static async Task<string[]> RunAsync(int exitCode, string[] arguments)
    {
        var program = Path.Combine(AppContext.BaseDirectory, "FairShare.Simulation.dll");
        var start = new ProcessStartInfo("dotnet", [program, .. arguments]) { RedirectStandardOutput = true, RedirectStandardError = true };
        // A run on one thread has no room for functions in processes of their own.
        start.Environment.Remove("FAIRSHARE_FUNCTIONS");
        using var process = Process.Start(start)!;
        var errors = process.StandardError.ReadToEndAsync();
        var lines = (await process.StandardOutput.ReadToEndAsync()).Split('\n', StringSplitOptions.RemoveEmptyEntries);
        await process.WaitForExitAsync();
        Assert.True(process.ExitCode == exitCode, string.Join('\n', lines.TakeLast(60)) + await errors);
        return lines;
    }
}
