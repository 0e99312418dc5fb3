using System.Diagnostics;
using System.Text.Json.Nodes;
using Xunit;

namespace FairShare.Cdk.Tests;

/// <summary>The app, run as it was built with its tests; what it makes is deleted in the end.</summary>
internal sealed class SynthesizedApp : IDisposable
{
    private readonly string output = Directory.CreateTempSubdirectory("fairshare-synth").FullName;

    /// <summary>Runs the app with the stage dev, unless the context has another, and with published functions.</summary>
    public async Task<(int ExitCode, string Error)> SynthesizeAsync(JsonObject context)
    {
        Assert.SkipUnless(await Programs.SucceedsAsync("node", "--version"), "Node.js, on which the CDK runs, is not installed.");
        var functions = Directory.CreateDirectory(Path.Combine(output, "functions"));
        await File.WriteAllTextAsync(Path.Combine(functions.FullName, "bootstrap"), "stands in", TestContext.Current.CancellationToken);
        context["stage"] ??= "dev";
        context["functions"] = functions.FullName;
        var start = new ProcessStartInfo("dotnet", [Programs.App])
        {
            WorkingDirectory = Programs.Root,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment["JSII_SILENCE_WARNING_END_OF_LIFE_NODE_VERSION"] = "true";
        start.Environment["CDK_OUTDIR"] = output;
        start.Environment["CDK_CONTEXT_JSON"] = context.ToJsonString();
        using var process = Process.Start(start)!;
        var (said, error) = (process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        await Task.WhenAll(said, error, process.WaitForExitAsync(TestContext.Current.CancellationToken));
        return (process.ExitCode, await error);
    }

    /// <summary>A file that the app has written.</summary>
    public async Task<JsonNode> ReadAsync(string name) =>
        JsonNode.Parse(await File.ReadAllTextAsync(Path.Combine(output, name), TestContext.Current.CancellationToken))!;

    /// <inheritdoc/>
    public void Dispose() => Directory.Delete(output, recursive: true);
}
