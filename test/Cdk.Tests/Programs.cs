using System.Diagnostics;

namespace FairShare.Cdk.Tests;

/// <summary>Runs programs in the project's root, as its scripts and its users do.</summary>
internal static class Programs
{
    /// <summary>The collection of the tests that build the app and run it: one at a time.</summary>
    public const string Synthesizing = "synthesizing";

    /// <summary>The folder of the solution.</summary>
    public static string Root { get; } = FindRoot(AppContext.BaseDirectory);

    /// <summary>The app, as it was built with its tests.</summary>
    public static string App { get; } =
        AppContext.BaseDirectory.Replace(Path.Combine("test", "Cdk.Tests", "bin"), Path.Combine("cdk", "bin"), StringComparison.Ordinal)
        + "FairShare.Cdk.dll";

    /// <summary>Whether the program is there and ends with zero.</summary>
    public static async Task<bool> SucceedsAsync(string program, string arguments)
    {
        try
        {
            return (await RunAsync(program, arguments.Split(' '))).ExitCode == 0;
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return false;
        }
    }

    /// <summary>Runs a program; its exit code, and what it wrote to both outputs, the plain one first.</summary>
    /// <exception cref="System.ComponentModel.Win32Exception">There is no such program.</exception>
    public static async Task<(int ExitCode, string Said)> RunAsync(string program, IEnumerable<string> arguments)
    {
        var start = new ProcessStartInfo(program, arguments)
        {
            WorkingDirectory = Root,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        using var process = Process.Start(start)!;
        var said = await Task.WhenAll(process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        await process.WaitForExitAsync();
        return (process.ExitCode, string.Concat(said));
    }

    private static string FindRoot(string directory) =>
        File.Exists(Path.Combine(directory, "FairShare.Serverless.sln")) ? directory : FindRoot(Path.GetDirectoryName(directory)!);
}
