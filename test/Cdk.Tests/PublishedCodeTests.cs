using Xunit;

namespace FairShare.Cdk.Tests;

/// <summary>What the app says when the handlers' code cannot be published.</summary>
[Collection(Programs.Synthesizing)]
public sealed class PublishedCodeTests
{
    [Fact]
    public async Task Synth_WhenPublishingFails_IsOneLineAndExitCodeOne()
    {
        using var app = new SynthesizedApp();
        // The setting is refused before anything is built.
        var (exitCode, error) = await app.SynthesizeAsync([], publishWith: "neither");
        Assert.Equal(1, exitCode);
        Assert.DoesNotContain("Unhandled exception", error, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", error, StringComparison.Ordinal);
        // Node's warnings and the asset that is bundled are told by another process, before this line or after it.
        Assert.Equal(
            ["publish-functions: FAIRSHARE_AWS_PACKAGES is nuget or compat, not 'neither'."],
            error.Split('\n').Where(line => line.Contains("publish-functions", StringComparison.Ordinal))
        );
    }
}
