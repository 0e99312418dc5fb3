using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Invocation;

namespace FairShare.Cli.Commands;

/// <summary>A command's help, with an example of it.</summary>
/// <param name="help">What prints the help.</param>
/// <param name="asked">Whether help was asked for: then it is given although what the command needs is missing.</param>
internal sealed class ExampleHelp(HelpAction help, bool asked) : SynchronousCommandLineAction
{
    /// <summary>Has the help of every command end with its example, and the program without arguments print help.</summary>
    public static RootCommand AddTo(RootCommand root)
    {
        var option = root.Options.OfType<HelpOption>().Single();
        var help = (HelpAction)option.Action!;
        option.Action = new ExampleHelp(help, asked: true);
        root.Action = new ExampleHelp(help, asked: false);
        return root;
    }

    /// <summary>The command with those above it: <c>fairshare keys add</c>.</summary>
    public static string PathOf(Command command) =>
        command.Parents.OfType<Command>().FirstOrDefault() is { } parent ? $"{PathOf(parent)} {command.Name}" : "fairshare";

    public override bool ClearsParseErrors => asked;

    public override int Invoke(ParseResult parseResult)
    {
        var code = InvokeAlone(parseResult);
        var output = parseResult.InvocationConfiguration.Output;
        if (Examples.ByCommand.TryGetValue(PathOf(parseResult.CommandResult.Command), out var example))
        {
            output.WriteLine("Example:");
            output.WriteLine($"  {example}");
            output.WriteLine();
        }

        return code;
    }

    // An argument of a command above has no part in this one, and would stand in its usage.
    private int InvokeAlone(ParseResult parseResult)
    {
        var above = Above(parseResult.CommandResult.Command).SelectMany(command => command.Arguments).Where(one => !one.Hidden).ToList();
        above.ForEach(one => one.Hidden = true);
        try
        {
            return help.Invoke(parseResult);
        }
        finally
        {
            above.ForEach(one => one.Hidden = false);
        }
    }

    private static IEnumerable<Command> Above(Command command) =>
        command.Parents.OfType<Command>().SelectMany(parent => Above(parent).Prepend(parent));
}
