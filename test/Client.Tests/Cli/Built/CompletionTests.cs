using System.Diagnostics;
using FairShare.Client.Tests.Support;

namespace FairShare.Client.Tests.Cli.Built;

/// <summary>What <c>completion</c> prints completes commands and options in the shell that it is for.</summary>
public sealed class CompletionTests : IDisposable
{
    private readonly Workspace workspace = new();

    public void Dispose() => workspace.Dispose();

    [Theory]
    [InlineData("bash", "fairshare con", "contacts")]
    [InlineData("bash", "fairshare list --m", "--mine")]
    [InlineData("zsh", "fairshare con", "contacts")]
    [InlineData("zsh", "fairshare list --m", "--mine")]
    [InlineData("fish", "fairshare con", "contacts")]
    [InlineData("fish", "fairshare list --m", "--mine")]
    public async Task Completion_OfAShell_CompletesCommandsAndOptions(string shell, string line, string word)
    {
        Assert.SkipWhen(await RunAsync("sh", "-c", $"command -v {shell}") is { Length: 0 }, $"There is no {shell} here.");
        var script = (await new BuiltCommand(workspace.At("nobody")).RunAsync("completion", shell)).Output;
        var words = await CompleteAsync(shell, script, line);
        Assert.Contains(word, words);
        Assert.DoesNotContain("verify", words);
    }

    [Fact]
    public async Task Completion_OfAnotherShell_IsRefused()
    {
        var run = await new BuiltCommand(workspace.At("nobody")).RunAsync("completion", "csh");
        run.Require(FairShare.Cli.Output.ExitCode.Usage, "usage");
    }

    private static async Task<string> RunAsync(string program, params string[] arguments)
    {
        var start = new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true };
        using var process = Process.Start(start)!;
        return await process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
    }

    private async Task<string[]> CompleteAsync(string shell, string script, string line)
    {
        var bin = Directory.CreateDirectory(workspace.At("bin")).FullName;
        var program = Path.Combine(bin, "fairshare");
        await File.WriteAllTextAsync(program, $"#!/bin/sh\nexec dotnet {Path.Combine(AppContext.BaseDirectory, "fairshare.dll")} \"$@\"\n");
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(program, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        }

        await File.WriteAllTextAsync(workspace.At("script"), script);
        await File.WriteAllTextAsync(workspace.At("complete"), Driver(shell, bin, line));
        var output = await RunAsync(shell, [.. shell == "zsh" ? ["-f"] : Array.Empty<string>(), workspace.At("complete")]);
        return output.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
    }

    // fish completes a line that it is given. bash and zsh complete in a terminal only: what they set there is set here.
    private string Driver(string shell, string bin, string line) =>
        shell switch
        {
            "bash" => $$"""
                PATH={{bin}}:$PATH
                . {{workspace.At("script")}}
                COMP_LINE='{{line}}' COMP_POINT={{line.Length}} COMP_WORDS=({{line}}) COMP_CWORD={{line.Split(' ').Length - 1}}
                _fairshare
                printf '%s\n' "${COMPREPLY[@]}"
                """,
            "zsh" => $$"""
                PATH={{bin}}:$PATH
                compdef() { :; }
                compadd() { shift; print -rl -- "$@"; }
                . {{workspace.At("script")}}
                BUFFER='{{line}}' CURSOR={{line.Length}}
                _fairshare
                """,
            _ => $"""
                set -x PATH {bin} $PATH
                source {workspace.At("script")}
                complete -C '{line}'
                """,
        };
}
