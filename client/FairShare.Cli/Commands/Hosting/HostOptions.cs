using System.CommandLine;

namespace FairShare.Cli.Commands.Hosting;

/// <summary>Options of the commands that start a host.</summary>
internal static class HostOptions
{
    public static Option<string?> Functions { get; } =
        new("--functions")
        {
            Description = "A folder of published functions, run as processes over the Lambda Runtime API (default: in this process).",
            HelpName = "DIR",
        };

    public static string? FunctionsOf(CommandContext context) =>
        context.Arguments.GetValue(Functions) is { } folder ? Path.GetFullPath(folder) : null;
}
