using Xunit;

namespace FairShare.Cdk.Tests;

[Collection(Programs.Synthesizing)]
public sealed class SnapshotTests
{
    private static readonly string[] Stacks =
    [
        "FairShare-dev",
        "FairShare-prod",
        "FairSharePeer-dev",
        "FairSharePeer-prod",
        "FairShareCoordinator-dev",
        "FairShareCoordinator-prod",
        "FairShare-dev-Web",
        "FairShare-prod-Web",
        "FairShare-dev-Operations",
        "FairShare-prod-Operations",
        "FairShare-dev-Notices",
        "FairShare-dev-Protection",
        "FairShare-prod-Protection",
    ];

    [Fact]
    public async Task Snapshot_FreshSynth_IsTheSame()
    {
        Assert.SkipUnless(await Programs.SucceedsAsync("node", "--version"), "Node.js, on which the CDK runs, is not installed.");
        var fresh = Directory.CreateTempSubdirectory("fairshare-synth").FullName;
        try
        {
            Assert.True(await Programs.SucceedsAsync("bash", "eng/synthesize-snapshot.sh", fresh), "eng/synthesize-snapshot.sh failed.");
            foreach (var stack in Stacks)
            {
                var name = $"{stack}.template.json";
                var kept = await File.ReadAllTextAsync(
                    Path.Combine(Programs.Root, "cdk", "snapshot", name),
                    TestContext.Current.CancellationToken
                );
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
        Assert.SkipUnless(await Programs.SucceedsAsync("cfn-lint", "--version"), "cfn-lint is not installed.");
        Assert.True(
            await Programs.SucceedsAsync(
                "cfn-lint",
                ["--non-zero-exit-code", "error", .. Stacks.Select(stack => $"cdk/snapshot/{stack}.template.json")]
            ),
            "cfn-lint reports an error in cdk/snapshot/."
        );
    }
}
