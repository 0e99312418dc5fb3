using System.Diagnostics;
using Xunit;

namespace FairShare.Cdk.Tests;

public sealed class SnapshotTests
{
    [Fact]
    public async Task Snapshot_FreshSynth_IsTheSame()
    {
        var root = FindRoot(AppContext.BaseDirectory);
        Assert.SkipUnless(await SucceedsAsync("node", "--version", root), "Node.js, on which the CDK runs, is not installed.");
        var fresh = Directory.CreateTempSubdirectory("fairshare-synth").FullName;
        try
        {
            Assert.True(await SucceedsAsync("bash", $"eng/synthesize-snapshot.sh {fresh}", root), "eng/synthesize-snapshot.sh failed.");
            foreach (var stage in new[] { "dev", "prod" })
            {
                var name = $"FairShare-{stage}.template.json";
                var kept = await File.ReadAllTextAsync(Path.Combine(root, "cdk", "snapshot", name), TestContext.Current.CancellationToken);
                var made = await File.ReadAllTextAsync(Path.Combine(fresh, name), TestContext.Current.CancellationToken);
                Assert.True(kept == made, $"cdk/snapshot/{name} is not what the app synthesizes; run eng/synthesize-snapshot.sh.");
            }
        }
        finally
        {
            Directory.Delete(fresh, recursive: true);
        }
    }

    [Fact]
    public async Task Snapshot_CfnLint_FindsNoError()
    {
        var root = FindRoot(AppContext.BaseDirectory);
        Assert.SkipUnless(await SucceedsAsync("cfn-lint", "--version", root), "cfn-lint is not installed.");
        Assert.True(
            await SucceedsAsync("cfn-lint", "--non-zero-exit-code error cdk/snapshot/FairShare-dev.template.json cdk/snapshot/FairShare-prod.template.json", root),
            "cfn-lint reports an error in cdk/snapshot/.");
    }

    private static async Task<bool> SucceedsAsync(string program, string arguments, string directory)
    {
        try
        {
            var start = new ProcessStartInfo(program, arguments) { WorkingDirectory = directory, RedirectStandardOutput = true, RedirectStandardError = true };
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
