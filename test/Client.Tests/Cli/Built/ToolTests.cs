using System.Diagnostics;
using FairShare.Client.Tests.Support;

namespace FairShare.Client.Tests.Cli.Built;

/// <summary>
/// The packed .NET tool, installed into a fresh folder. <c>FAIRSHARE_LONG_TESTS=1</c> has it run a whole demonstration, which takes more
/// than a minute on a slow machine; otherwise it says its version.
/// </summary>
public sealed class ToolTests : IDisposable
{
    private readonly Workspace workspace = new();

    public void Dispose() => workspace.Dispose();

    [Fact]
    public async Task Tool_InstalledFromThePackedFile_Runs()
    {
        var project = Path.Combine(Repository(), "client", "FairShare.Cli");
        var configuration = AppContext.BaseDirectory.Contains($"{Path.DirectorySeparatorChar}Release{Path.DirectorySeparatorChar}")
            ? "Release"
            : "Debug";
        await RunAsync("dotnet", "pack", project, "-c", configuration, "--no-build", "-o", workspace.At("packages"), "--nologo");
        // No other source: what is installed is what was packed.
        await File.WriteAllTextAsync(
            workspace.At("nuget.config"),
            $"""
            <configuration>
              <packageSources>
                <clear />
                <add key="packed" value="{workspace.At("packages")}" />
              </packageSources>
            </configuration>
            """,
            TestContext.Current.CancellationToken
        );
        string[] install = ["tool", "install", "FairShare.Cli", "--tool-path", workspace.At("tools")];
        await RunAsync("dotnet", [.. install, "--configfile", workspace.At("nuget.config"), "--no-cache"]);

        var tool = workspace.At("tools", OperatingSystem.IsWindows() ? "fairshare.exe" : "fairshare");
        Assert.StartsWith("0.1.0", await RunAsync(tool, "--version"), StringComparison.Ordinal);
        if (Environment.GetEnvironmentVariable("FAIRSHARE_LONG_TESTS") == "1")
        {
            Assert.Contains("Everything verified, by the store", await RunAsync(tool, "demo"), StringComparison.Ordinal);
        }
    }

    // The tests run from a folder of the repository.
    private static string Repository()
    {
        var folder = AppContext.BaseDirectory;
        while (!File.Exists(Path.Combine(folder, "FairShare.Serverless.sln")))
        {
            folder = Path.GetDirectoryName(folder) ?? throw new InvalidOperationException("The tests do not run in the repository.");
        }

        return folder;
    }

    private async Task<string> RunAsync(string program, params string[] arguments)
    {
        var start = new ProcessStartInfo(program, arguments)
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = workspace.Path,
        };
        // What tools unpack is this test's alone, and so is what the command writes.
        start.Environment["NUGET_PACKAGES"] = workspace.At("cache");
        start.Environment["FAIRSHARE_HOME"] = workspace.At("home");
        using var process = Process.Start(start)!;
        var error = process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        var output = await process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        Assert.True(process.ExitCode == 0, $"{program} {string.Join(' ', arguments)}: {output} {await error}");
        return output;
    }
}
