using System.Diagnostics;

namespace FairShare.Model.Tests;

/// <summary>The folder model/ of the repository, and the programs that are run there.</summary>
internal static class ModelFolder
{
    /// <summary>The folder.</summary>
    public static string Path { get; } = System.IO.Path.Combine(FindRoot(AppContext.BaseDirectory), "model");

    /// <summary>The text of a model.</summary>
    public static string Read(string model) => File.ReadAllText(System.IO.Path.Combine(Path, $"{model}.pml"));

    /// <summary>Runs a program; null where there is none of this name.</summary>
    public static async Task<(int ExitCode, string Output, string Errors)?> RunAsync(string program, params string[] arguments)
    {
        var start = new ProcessStartInfo(program, arguments)
        {
            WorkingDirectory = Path,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        try
        {
            using var process = Process.Start(start)!;
            var (output, errors) = (process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
            await process.WaitForExitAsync();
            return (process.ExitCode, await output, await errors);
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return null;
        }
    }

    private static string FindRoot(string directory) =>
        File.Exists(System.IO.Path.Combine(directory, "FairShare.Serverless.sln"))
            ? directory
            : FindRoot(System.IO.Path.GetDirectoryName(directory)!);
}
