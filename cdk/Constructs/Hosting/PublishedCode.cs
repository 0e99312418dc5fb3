using System.Diagnostics;
using Amazon.CDK;
using Amazon.CDK.AWS.Lambda;
using Amazon.JSII.Runtime.Deputy;

namespace FairShare.Cdk.Constructs.Hosting;

/// <summary>
/// The functions' code: a directory that is published already, or else published when a command needs it. <c>cdk ls</c> and <c>cdk
/// destroy</c> do not.
/// </summary>
internal static class PublishedCode
{
    private const string Script = "eng/publish-functions.sh";
    private const string Failed = Script + " failed; what it said stands above.";

    /// <summary>Whether an exception says that publishing failed: the script has said why by then, and there is nothing to add.</summary>
    /// <remarks>The CDK's own process carries the exception from the bundling to the construct, and keeps its text alone.</remarks>
    public static bool IsFailureOf(Exception exception) => exception.Message.Contains(Failed, StringComparison.Ordinal);

    /// <param name="directory">A directory with the executable <c>bootstrap</c>; null to publish.</param>
    public static Code From(string? directory) =>
        directory is not null
            ? Code.FromAsset(directory)
            : Code.FromAsset(
                "functions",
                new Amazon.CDK.AWS.S3.Assets.AssetOptions
                {
                    AssetHashType = AssetHashType.OUTPUT,
                    Bundling = new BundlingOptions
                    {
                        Image = DockerImage.FromRegistry("publishing-needs-no-image"),
                        Local = new Publisher(),
                    },
                }
            );

    /// <summary>Called by the CDK while it stages the asset, with the directory to publish into.</summary>
    private sealed class Publisher : DeputyBase, ILocalBundling
    {
        public bool TryBundle(string outputDir, IBundlingOptions options)
        {
            var start = new ProcessStartInfo("bash", [Script, outputDir]) { RedirectStandardOutput = true };
            start.Environment["FAIRSHARE_PUBLISHED_BY"] = "npx cdk …";
            using var process = Process.Start(start) ?? throw new InvalidOperationException($"{Script} did not start.");
            // Standard output belongs to what the app synthesizes.
            Console.Error.Write(process.StandardOutput.ReadToEnd());
            process.WaitForExit();
            return process.ExitCode == 0 ? true : throw new InvalidOperationException(Failed);
        }
    }
}
