using System.Diagnostics;

namespace FairShare.Cdk.Tests;

/// <summary>Runs programs in the project's root, as its scripts and its users do.</summary>
internal static class Programs
{
    /// <summary>The collection of the tests that build the app and run it: one at a time.</summary>
    public const string Synthesizing = "synthesizing";

    /// <summary>The folder of the solution.</summary>
    public static string Root { get; } = FindRoot(AppContext.BaseDirectory);

    /// <summary>Whether the program is there and ends with zero.</summary>
    public static async Task<bool> SucceedsAsync(string program, string arguments)
    {
        try
        {
            var start = new ProcessStartInfo(program, arguments)
            {
                WorkingDirectory = Root,
                RedirectStandardOutput = true,
                RedirectStandardError = true,
            };
            using var process = Process.Start(start)!;
            await Task.WhenAll(process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync(), process.WaitForExitAsync());
            return process.ExitCode == 0;
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return false;
        }
    }

    private static string FindRoot(string directory) =>
        File.Exists(Path.Combine(directory, "FairShare.Serverless.sln")) ? directory : FindRoot(Path.GetDirectoryName(directory)!);
}
