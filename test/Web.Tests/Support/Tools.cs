using System.ComponentModel;
using System.Diagnostics;

namespace FairShare.Web.Tests.Support;

/// <summary>The programs that these tests need besides .NET.</summary>
internal static class Tools
{
    private static readonly string[] Browsers = ["/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"];

    /// <summary>The browser's program; null where there is none.</summary>
    public static string? Browser { get; } = Array.Find(Browsers, File.Exists);

    /// <summary>The project's folder of the page.</summary>
    public static string PageSources { get; } = Path.Combine(Root(), "client", "web");

    /// <summary>The project's folder.</summary>
    public static string Root()
    {
        var folder = AppContext.BaseDirectory;
        while (!File.Exists(Path.Combine(folder, "FairShare.Serverless.sln")))
        {
            folder = Path.GetDirectoryName(folder) ?? throw new InvalidOperationException("The tests run inside the project's folder.");
        }

        return folder;
    }

    /// <summary>Runs a program in the folder of the page.</summary>
    /// <returns>Its exit code and what it printed; 127 where there is no such program.</returns>
    public static async Task<(int ExitCode, string Output)> RunAsync(string program, params string[] arguments)
    {
        var start = new ProcessStartInfo(program, arguments)
        {
            WorkingDirectory = PageSources,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        try
        {
            using var process = Process.Start(start)!;
            var (output, error) = (process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
            await process.WaitForExitAsync();
            return (process.ExitCode, await output + await error);
        }
        catch (Win32Exception)
        {
            return (127, $"{program} is not installed.");
        }
    }
}
