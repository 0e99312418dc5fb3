using System.ComponentModel;
using System.Diagnostics;
using System.Text.Json.Nodes;

namespace FairShare.Client.Tests.Bundles;

/// <summary>The verifier in JavaScript, run by Node.</summary>
internal static class NodeVerifier
{
    public const string Missing = "Node is not there to run the verifier in JavaScript.";

    private static readonly string Web = Path.Combine(AppContext.BaseDirectory, "web");

    /// <summary>Verifies bundles, all in one process.</summary>
    /// <returns>Exit code and output for each; null where there is no Node.</returns>
    public static async Task<IReadOnlyList<(int ExitCode, string Output)>?> VerifyAsync(IEnumerable<string> paths, string? storeKey)
    {
        var script = Path.Combine(AppContext.BaseDirectory, "Bundles", "verify-each.mjs");
        var run = await RunAsync(string.Join('\n', paths), script, Web, storeKey ?? "");
        if (run is null)
        {
            return null;
        }

        Assert.True(run.Value.ExitCode == 0, run.Value.Error);
        return
        [
            .. run
                .Value.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries)
                .Select(line => JsonNode.Parse(line)!)
                .Select(answer => (answer["exitCode"]!.GetValue<int>(), answer["output"]!.GetValue<string>())),
        ];
    }

    /// <summary>Runs the command <c>verify.js</c>.</summary>
    /// <returns>Null where there is no Node.</returns>
    public static Task<(int ExitCode, string Output, string Error)?> RunCommandAsync(params string[] arguments) =>
        RunAsync("", [Path.Combine(Web, "verify.js"), .. arguments]);

    private static async Task<(int ExitCode, string Output, string Error)?> RunAsync(string input, params string[] arguments)
    {
        var start = new ProcessStartInfo("node", arguments)
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        try
        {
            using var process = Process.Start(start)!;
            var output = process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
            var error = process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
            await process.StandardInput.WriteAsync(input);
            process.StandardInput.Close();
            await process.WaitForExitAsync(TestContext.Current.CancellationToken);
            return (process.ExitCode, await output, await error);
        }
        catch (Win32Exception)
        {
            return null;
        }
    }
}
