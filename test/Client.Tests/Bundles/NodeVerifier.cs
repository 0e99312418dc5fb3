using System.ComponentModel;
using System.Diagnostics;
using System.Text.Json.Nodes;

namespace FairShare.Client.Tests.Bundles;

/// <summary>The verifier in JavaScript, run by Node.</summary>
internal static class NodeVerifier
{
    public const string Missing = "Node is not there to run the verifier in JavaScript.";

    /// <summary>Where the modules are.</summary>
    public static readonly string Web = Path.Combine(AppContext.BaseDirectory, "web");

    /// <summary>Verifies bundles, all in one process.</summary>
    /// <param name="paths">The bundles.</param>
    /// <param name="anchors">What is known of the store.</param>
    /// <param name="web">Where the modules are; null for where they are built.</param>
    /// <returns>Exit code and output for each; null where there is no Node.</returns>
    public static async Task<IReadOnlyList<(int ExitCode, string Output)>?> VerifyAsync(
        IEnumerable<string> paths,
        Anchors anchors,
        string? web = null
    )
    {
        var script = Path.Combine(AppContext.BaseDirectory, "Bundles", "verify-each.mjs");
        var run = await RunAsync(string.Join('\n', paths), [script, web ?? Web, .. anchors.ToArguments()]);
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

    /// <summary>Runs a script of the tests, with the modules at hand.</summary>
    /// <returns>Null where there is no Node.</returns>
    public static Task<(int ExitCode, string Output, string Error)?> RunScriptAsync(string name, string input, params string[] arguments) =>
        RunAsync(input, [Path.Combine(AppContext.BaseDirectory, "Bundles", name), Web, .. arguments]);

    /// <summary>Runs the command <c>verify.js</c>.</summary>
    /// <param name="home">The profile.</param>
    /// <param name="arguments">Its arguments.</param>
    /// <returns>Null where there is no Node.</returns>
    public static Task<(int ExitCode, string Output, string Error)?> RunCommandAsync(string home, params string[] arguments) =>
        RunAsync("", [Path.Combine(Web, "verify.js"), .. arguments], home);

    private static async Task<(int ExitCode, string Output, string Error)?> RunAsync(string input, string[] arguments, string? home = null)
    {
        var start = new ProcessStartInfo("node", arguments)
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment["FAIRSHARE_HOME"] = home ?? AppContext.BaseDirectory;
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
