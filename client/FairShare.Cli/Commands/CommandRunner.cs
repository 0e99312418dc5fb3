using System.CommandLine;
using FairShare.Cli.Output;
using FairShare.Cli.Settings;
using FairShare.Client.Clocks;
using FairShare.Core.Errors;
using ArgumentResult = System.CommandLine.Parsing.ArgumentResult;
using OptionResult = System.CommandLine.Parsing.OptionResult;

namespace FairShare.Cli.Commands;

/// <summary>
/// Runs a command's work and turns what comes of it into output and an exit code; the only place that catches everything.
/// </summary>
internal sealed class CommandRunner(Terminal terminal, CommandEnvironment environment, TimeProvider time)
{
    /// <summary>Gives the command its work.</summary>
    public Command Attach(Command command, Func<CommandContext, CancellationToken, Task<CommandResult>> work)
    {
        command.SetAction(async (arguments, cancellationToken) => await RunAsync(arguments, work, cancellationToken));
        return command;
    }

    /// <summary>Runs a command line.</summary>
    /// <returns>The exit code.</returns>
    public async Task<int> InvokeAsync(RootCommand root, string[] arguments)
    {
        // A file may be called @name: the command reads no arguments from files. An id may begin with -h: one letter stands alone.
        var parsed = root.Parse(arguments, new ParserConfiguration { ResponseFileTokenReplacer = null, EnablePosixBundling = false });
        if (parsed.Errors.Count > 0)
        {
            var path = ExampleHelp.PathOf(parsed.CommandResult.Command);
            var (wrong, near) = parsed.UnmatchedTokens is [var unknown, ..]
                ? ($"{path} knows no {unknown}.", Near(parsed.CommandResult.Command, unknown))
                : (OptionErrors.Describe(parsed.Errors[0]), "");
            return Report(new Failure(ExitCode.Usage, "usage", wrong, $"{near}See {path} --help."), parsed.GetValue(GlobalOptions.Json));
        }

        if (arguments.Any(argument => argument.Length == 0))
        {
            return Report(
                new Failure(ExitCode.Usage, "usage", $"{Given(parsed, "")} is empty.", "Give it a value, or leave it out."),
                parsed.GetValue(GlobalOptions.Json)
            );
        }

        // What is not UTF-8 arrives as this character, and would name another file than was meant.
        if (Array.Find(arguments, argument => argument.Contains('\uFFFD', StringComparison.Ordinal)) is { } garbled)
        {
            return Report(
                new Failure(
                    ExitCode.Usage,
                    "not-utf8",
                    $"{Given(parsed, RefusedText.Of(garbled))} is not UTF-8.",
                    "Rename it, or give a file's content on standard input, with --name."
                ),
                parsed.GetValue(GlobalOptions.Json)
            );
        }

        return await AnswerAsync(parsed);
    }

    // Help and completion write by themselves, and what stands there cannot be told how.
    private async Task<int> AnswerAsync(ParseResult parsed)
    {
        try
        {
            return await parsed.InvokeAsync(
                new InvocationConfiguration
                {
                    EnableDefaultExceptionHandler = false,
                    ProcessTerminationTimeout = TimeSpan.FromSeconds(15),
                    Output = terminal.Output,
                    Error = terminal.Error,
                }
            );
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            return Report(Failure.OfOutput(fault), parsed.GetValue(GlobalOptions.Json));
        }
    }

    private static string Near(Command command, string word)
    {
        var known = command
            .Subcommands.Select(one => one.Name)
            .Concat(command.Options.Select(option => option.Name))
            .Concat(Above(command).SelectMany(one => one.Options).Where(option => option.Recursive).Select(option => option.Name));
        var near = Nearest.To(word, known);
        return near.Count == 0 ? "" : $"Did you mean {string.Join(" or ", near)}? ";
    }

    private static IEnumerable<Command> Above(Command command) =>
        command.Parents.OfType<Command>().SelectMany(parent => Above(parent).Prepend(parent));

    private async Task<int> RunAsync(
        ParseResult arguments,
        Func<CommandContext, CancellationToken, Task<CommandResult>> work,
        CancellationToken cancellationToken
    )
    {
        using var context = new CommandContext(arguments, terminal, environment, time);
        terminal.Stop = cancellationToken;
        try
        {
            var result = await work(context, cancellationToken);
            return Answer(result, context.Json);
        }
#pragma warning disable CA1031 // The edge of the program: every failure becomes one line and an exit code.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            if (environment.Trace)
            {
                Say(exception.ToString());
            }

            var failure = Failure.Of(exception);
            if (failure.Code == Failure.NoAnswer)
            {
                failure = failure with { Message = $"The service did not answer within {arguments.GetValue(GlobalOptions.Timeout)} s." };
            }

            if (exception is ProtocolException { Value: { } value })
            {
                failure = failure with { Message = $"{Given(arguments, value)}: {failure.Message}" };
            }

            return Report(NameClock(context.Amend(failure), context.Clock), context.Json);
        }
    }

    // With a clock that is off, sessions, challenges and evidence are refused for reasons that point elsewhere.
    private static Failure NameClock(Failure failure, ServiceClock? clock) =>
        clock is { IsOff: true } && failure.Code != Failure.ClockIsOff
            ? failure with
            {
                Next = $"{clock.Describe()} That may be why: set it, and run the command again.",
            }
            : failure;

    /// <summary>A refused value, after the option or the argument that gave it, if one did.</summary>
    private static string Given(ParseResult arguments, string value)
    {
        var shown = value.Length == 0 ? "''" : value;
        var source = arguments.CommandResult.Children.FirstOrDefault(child =>
            child.Tokens.Any(token => RefusedText.Of(token.Value) == value)
        );
        return source switch
        {
            OptionResult option => $"{option.Option.Name} {shown}",
            ArgumentResult argument => $"{argument.Argument.Name} {shown}",
            _ => shown,
        };
    }

    // What the command did is done, whether its answer can be read or not.
    private int Answer(CommandResult result, bool json)
    {
        try
        {
            result.Write(terminal.Output, json);
            return result.ExitCode;
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            return Report(Failure.OfOutput(fault) with { Stands = "What the command was to do is done." }, json);
        }
    }

    private int Report(Failure failure, bool json)
    {
        Say(json ? CommandResult.ToText(failure.ToJson()) : failure.Line);
        return failure.ExitCode;
    }

    // Where nothing can be written the exit code says what there is to say.
    private void Say(string line)
    {
        try
        {
            terminal.Error.WriteLine(line);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            // As above.
        }
    }
}
