using System.Diagnostics;
using Xunit;

namespace FairShare.Cdk.Tests;

/// <summary>What the app says when the handlers' code cannot be published.</summary>
[Collection(Programs.Synthesizing)]
public sealed class PublishedCodeTests
{
    [Fact]
    public async Task Synth_WhenPublishingFails_IsOneLineAndExitCodeOne()
    {
        Assert.SkipUnless(await Programs.SucceedsAsync("node", "--version"), "Node.js, on which the CDK runs, is not installed.");
        var output = Directory.CreateTempSubdirectory("fairshare-synth").FullName;
        try
        {
            var (exitCode, error) = await SynthesizeAsync(output);
            Assert.Equal(1, exitCode);
            Assert.DoesNotContain("Unhandled exception", error, StringComparison.Ordinal);
            Assert.DoesNotContain("   at ", error, StringComparison.Ordinal);
            Assert.Equal(
                "publish-functions: FAIRSHARE_AWS_PACKAGES is nuget or compat, not 'neither'.",
                error.Split('\n', StringSplitOptions.RemoveEmptyEntries)[^1]
            );
        }
        finally
        {
            Directory.Delete(output, recursive: true);
        }
    }

    // The setting is refused before anything is built.
    private static async Task<(int ExitCode, string Error)> SynthesizeAsync(string output)
    {
        var start = new ProcessStartInfo("dotnet", [Programs.App])
        {
            WorkingDirectory = Programs.Root,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment["FAIRSHARE_AWS_PACKAGES"] = "neither";
        start.Environment["CDK_OUTDIR"] = output;
        using var process = Process.Start(start)!;
        var (said, error) = (process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        await Task.WhenAll(said, error, process.WaitForExitAsync(TestContext.Current.CancellationToken));
        return (process.ExitCode, await error);
    }
}
