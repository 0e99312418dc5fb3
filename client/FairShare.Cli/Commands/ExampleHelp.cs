using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Invocation;

namespace FairShare.Cli.Commands;

/// <summary>A command's help, with an example of it.</summary>
internal sealed class ExampleHelp(HelpAction help) : SynchronousCommandLineAction
{
    /// <summary>Has the help of every command end with its example, and the program without arguments print help.</summary>
    public static RootCommand AddTo(RootCommand root)
    {
        var option = root.Options.OfType<HelpOption>().Single();
        var action = new ExampleHelp((HelpAction)option.Action!);
        option.Action = action;
        root.Action = action;
        return root;
    }

    /// <summary>The command with those above it: <c>fairshare keys add</c>.</summary>
    public static string PathOf(Command command) =>
        command.Parents.OfType<Command>().FirstOrDefault() is { } parent ? $"{PathOf(parent)} {command.Name}" : "fairshare";

    /// <summary>Help is given although what the command needs is missing.</summary>
    public override bool ClearsParseErrors => true;

    public override int Invoke(ParseResult parseResult)
    {
        var code = help.Invoke(parseResult);
        var output = parseResult.InvocationConfiguration.Output;
        if (Examples.ByCommand.TryGetValue(PathOf(parseResult.CommandResult.Command), out var example))
        {
            output.WriteLine("Example:");
            output.WriteLine($"  {example}");
            output.WriteLine();
        }

        return code;
    }
}
