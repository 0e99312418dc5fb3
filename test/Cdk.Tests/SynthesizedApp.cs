using System.Diagnostics;
using System.Text.Json.Nodes;
using Xunit;

namespace FairShare.Cdk.Tests;

/// <summary>The app, run as it was built with its tests; what it makes is deleted in the end.</summary>
internal sealed class SynthesizedApp : IDisposable
{
    private readonly string output = Directory.CreateTempSubdirectory("fairshare-synth").FullName;

    /// <summary>Runs the app with the stage dev, unless the context has another, and with published functions.</summary>
    /// <param name="context">What is given with -c.</param>
    /// <param name="publishWith">Which AWS packages to publish the functions with, where that is to be done; null where it is done.</param>
    public async Task<(int ExitCode, string Error)> SynthesizeAsync(JsonObject context, string? publishWith = null)
    {
        Assert.SkipUnless(await Programs.SucceedsAsync("node", "--version"), "Node.js, on which the CDK runs, is not installed.");
        context["stage"] ??= "dev";
        if (publishWith is null)
        {
            context["functions"] ??= await PublishedAsync();
        }

        var start = new ProcessStartInfo("dotnet", [Programs.App])
        {
            WorkingDirectory = Programs.Root,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment["JSII_SILENCE_WARNING_END_OF_LIFE_NODE_VERSION"] = "true";
        start.Environment["CDK_OUTDIR"] = output;
        start.Environment["CDK_CONTEXT_JSON"] = context.ToJsonString();
        start.Environment["FAIRSHARE_AWS_PACKAGES"] = publishWith;
        using var process = Process.Start(start)!;
        var (said, error) = (process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        await Task.WhenAll(said, error, process.WaitForExitAsync(TestContext.Current.CancellationToken));
        return (process.ExitCode, await error);
    }

    /// <summary>A file that the app has written.</summary>
    public async Task<JsonNode> ReadAsync(string name) =>
        JsonNode.Parse(await File.ReadAllTextAsync(Path.Combine(output, name), TestContext.Current.CancellationToken))!;

    private async Task<string> PublishedAsync()
    {
        var functions = Directory.CreateDirectory(Path.Combine(output, "functions")).FullName;
        var bootstrap = Path.Combine(functions, "bootstrap");
        await File.WriteAllTextAsync(bootstrap, "stands in", TestContext.Current.CancellationToken);
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(bootstrap, UnixFileMode.UserRead | UnixFileMode.UserExecute);
        }

        return functions;
    }

    /// <inheritdoc/>
    public void Dispose() => Directory.Delete(output, recursive: true);
}
