using System.Text.Json.Nodes;
using FairShare.Cli;
using FairShare.Cli.Commands;
using FairShare.Cli.Output;
using FairShare.Cli.Settings;

namespace FairShare.Client.Tests.Support;

/// <summary>The commands as people run them where nobody can be asked, each with a profile of his own in the workspace.</summary>
/// <param name="workspace">Where the profiles are.</param>
/// <param name="environment">The variables that the commands see.</param>
/// <param name="time">The machine's clock; null for the system's.</param>
internal sealed class TestCommands(Workspace workspace, Func<string, string?> environment, TimeProvider? time = null)
{
    /// <summary>Runs a command that succeeds.</summary>
    /// <returns>What it prints with <c>--json</c>.</returns>
    public async Task<JsonObject> RunAsync(string name, params string[] arguments)
    {
        using var output = new StringWriter();
        using var error = new StringWriter();
        Assert.True(await InvokeAsync(name, output, error, [.. arguments, "--json"]) == 0, error.ToString());
        return JsonNode.Parse(output.ToString())!.AsObject();
    }

    /// <summary>Runs a command that fails with this exit code.</summary>
    /// <returns>The error that it prints with <c>--json</c>.</returns>
    public async Task<JsonObject> FailAsync(int exitCode, string name, params string[] arguments)
    {
        using var error = new StringWriter();
        Assert.Equal(exitCode, await InvokeAsync(name, TextWriter.Null, error, [.. arguments, "--json"]));
        return JsonNode.Parse(error.ToString())!.AsObject();
    }

    /// <summary>Runs a command.</summary>
    /// <returns>Its exit code.</returns>
    public Task<int> InvokeAsync(string name, TextWriter output, TextWriter error, string[] arguments)
    {
        var terminal = new Terminal
        {
            Output = output,
            Error = error,
            ShowsProgress = false,
            CanAsk = false,
        };
        var runner = new CommandRunner(terminal, new CommandEnvironment(environment), time ?? TimeProvider.System);
        return runner.InvokeAsync(CommandTree.Create(runner), [.. arguments, "--home", workspace.At("home", name)]);
    }
}
