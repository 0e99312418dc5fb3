using System.Diagnostics;
using System.Text.Json.Nodes;

namespace FairShare.Client.Tests.Support;

/// <summary>What a run of the built command came to.</summary>
public sealed record CommandRun(int ExitCode, string Output, string Error)
{
    /// <summary>The answer of a run with <c>--json</c>, which must have succeeded.</summary>
    public JsonObject Answer
    {
        get
        {
            Assert.True(ExitCode == 0, $"exit code {ExitCode}: {Error}");
            return JsonNode.Parse(Output)!.AsObject();
        }
    }

    /// <summary>Requires the exit code and the stable code of a failure.</summary>
    public CommandRun Require(int exitCode, string code)
    {
        Assert.True(ExitCode == exitCode && Error.Contains($"[{code}]", StringComparison.Ordinal), $"exit code {ExitCode}: {Error}");
        return this;
    }
}

/// <summary>The command as it is built, in a process of its own, with somebody's profile.</summary>
/// <param name="home">The profile's folder.</param>
public sealed class BuiltCommand(string home)
{
    private static readonly string Program = Path.Combine(AppContext.BaseDirectory, "fairshare.dll");

    /// <summary>The profile's folder.</summary>
    public string Home => home;

    /// <summary>Variables that the process has besides; they replace those of the same name.</summary>
    public Dictionary<string, string> Variables { get; } =
        new()
        {
            ["FAIRSHARE_PASSWORD"] = "Correct-horse-1",
            ["FAIRSHARE_PASSPHRASE"] = "battery staple",
            ["FAIRSHARE_HOME"] = home,
        };

    /// <summary>The same person on another machine, or with other variables.</summary>
    public BuiltCommand With(string name, string value)
    {
        var other = new BuiltCommand(name == "FAIRSHARE_HOME" ? value : home);
        foreach (var (key, kept) in Variables)
        {
            other.Variables[key] = kept;
        }

        other.Variables[name] = value;
        return other;
    }

    /// <summary>Starts the command.</summary>
    public Process Start(params string[] arguments) => Start("dotnet", [Program, .. arguments]);

    /// <summary>Runs the command to its end, with nothing on its standard input.</summary>
    public Task<CommandRun> RunAsync(params string[] arguments) => EndAsync(Start(arguments));

    /// <summary>Runs the command with something on its standard input.</summary>
    public async Task<CommandRun> RunWithInputAsync(ReadOnlyMemory<byte> input, params string[] arguments)
    {
        var process = Start(arguments);
        var ending = EndAsync(process);
        try
        {
            await process.StandardInput.BaseStream.WriteAsync(input, TestContext.Current.CancellationToken);
            process.StandardInput.Close();
        }
        catch (IOException)
        {
            // It ended before it had read everything; its exit code tells whether that was right.
        }

        return await ending;
    }

    /// <summary>Runs the command through a shell, which has set something up before: <c>umask 000</c>.</summary>
    public Task<CommandRun> RunAfterAsync(string setup, params string[] arguments) => EndAsync(StartAfter(setup, arguments));

    /// <summary>The same; who starts it gives it its input.</summary>
    public Process StartAfter(string setup, params string[] arguments) =>
        Start("sh", ["-c", $"{setup}; exec dotnet \"$0\" \"$@\"", Program, .. arguments]);

    /// <summary>Runs the command with its output piped into another program, and gives its own exit code.</summary>
    public Task<CommandRun> RunPipedAsync(string reader, params string[] arguments)
    {
        var script = $"code=$({{ {{ dotnet \"$0\" \"$@\"; echo $? >&3; }} | {reader} >/dev/null; }} 3>&1); exit $code";
        return EndAsync(Start("sh", ["-c", script, Program, .. arguments]));
    }

    /// <summary>Runs a script, which must succeed.</summary>
    public static async Task ShellAsync(string script)
    {
        using var shell = Process.Start("sh", ["-ec", script]);
        await shell.WaitForExitAsync(TestContext.Current.CancellationToken);
        Assert.Equal(0, shell.ExitCode);
    }

    /// <summary>Runs the command by another program: <c>setpriv</c>.</summary>
    /// <returns>Null where there is no such program.</returns>
    public async Task<CommandRun?> RunUnderAsync(string program, string[] options, params string[] arguments)
    {
        try
        {
            return await EndAsync(Start(program, [.. options, "dotnet", Program, .. arguments]));
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return null;
        }
    }

    /// <summary>Runs the command on a terminal of its own, where somebody types.</summary>
    /// <param name="typed">What is typed; the terminal shows it too.</param>
    /// <param name="arguments">The command's arguments, none of which has anything that a shell would change.</param>
    public async Task<CommandRun> RunOnTerminalAsync(string typed, params string[] arguments)
    {
        using var process = Start("script", ["-qec", $"dotnet {Program} {string.Join(' ', arguments)}", "/dev/null"]);
        await process.StandardInput.WriteAsync(typed);
        await process.StandardInput.FlushAsync();
        return await EndAsync(process);
    }

    /// <summary>The same; it is typed once something was asked.</summary>
    /// <param name="asked">The end of what is asked.</param>
    /// <param name="typed">What is typed.</param>
    /// <param name="arguments">As above.</param>
    public async Task<CommandRun> AnswerOnTerminalAsync(string asked, string typed, params string[] arguments)
    {
        using var process = Start("script", ["-qec", $"dotnet {Program} {string.Join(' ', arguments)}", "/dev/null"]);
        var said = new System.Text.StringBuilder();
        var symbol = new char[1];
        while (!said.ToString().EndsWith(asked, StringComparison.Ordinal))
        {
            var isEnd = await process.StandardOutput.ReadAsync(symbol, TestContext.Current.CancellationToken) == 0;
            Assert.False(isEnd, said.ToString());
            said.Append(symbol);
        }

        await process.StandardInput.WriteAsync(typed);
        await process.StandardInput.FlushAsync();
        var run = await EndAsync(process);
        return run with { Output = said + run.Output };
    }

    /// <summary>Waits for a process's end.</summary>
    public static async Task<CommandRun> EndAsync(Process process)
    {
        using (process)
        {
            var output = process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
            var error = process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
            await process.WaitForExitAsync(TestContext.Current.CancellationToken);
            return new CommandRun(process.ExitCode, await output, await error);
        }
    }

    /// <summary>Sends a signal to a process, as <c>kill</c> does.</summary>
    /// <exception cref="InvalidOperationException">The process ignores interrupts, as a job that a shell started in the background, and
    /// everything that this starts: it would be waited for without end.</exception>
    public static void Signal(Process process, string signal)
    {
        if (signal == "INT" && IgnoresInterrupts(process))
        {
            throw new InvalidOperationException("The tests were started where SIGINT is ignored; start them in the foreground.");
        }

        using var kill = Process.Start("kill", [$"-{signal}", $"{process.Id}"]);
        kill.WaitForExit();
    }

    // Linux tells; where nothing does, nobody asks a shell for jobs either.
    private static bool IgnoresInterrupts(Process process)
    {
        const int SigInt = 2;
        var status = $"/proc/{process.Id}/status";
        var ignored = File.Exists(status)
            ? File.ReadLines(status).FirstOrDefault(line => line.StartsWith("SigIgn:", StringComparison.Ordinal))
            : null;
        return ignored is not null && (Convert.ToUInt64(ignored[7..].Trim(), 16) & (1UL << (SigInt - 1))) != 0;
    }

    private Process Start(string program, string[] arguments)
    {
        var start = new ProcessStartInfo(program, arguments)
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (var (name, value) in Variables)
        {
            start.Environment[name] = value;
        }

        return Process.Start(start)!;
    }
}
