using System.CommandLine;
using FairShare.Cli.Output;

namespace FairShare.Cli.Commands.Exchange;

/// <summary>What commands have in common that run on and look again and again.</summary>
internal static class WatchOptions
{
    public static Option<bool> Once { get; } = new("--once") { Description = "End when nothing is left to do." };

    public static Option<int> Interval { get; } =
        new("--interval")
        {
            Description = "Seconds between two looks, 1 to 3600 (default: 5).",
            HelpName = "SECONDS",
            DefaultValueFactory = _ => 5,
        };

    /// <summary>The time between two looks.</summary>
    /// <exception cref="CommandException"><c>usage</c>.</exception>
    public static TimeSpan IntervalOf(CommandContext context) => Seconds(context, Interval, 1, 3600);

    /// <summary>A time in whole seconds.</summary>
    /// <exception cref="CommandException"><c>usage</c>: it is out of range.</exception>
    public static TimeSpan Seconds(CommandContext context, Option<int> option, int least, int most) =>
        context.Arguments.GetValue(option) is var seconds && seconds >= least && seconds <= most
            ? TimeSpan.FromSeconds(seconds)
            : throw new CommandException(
                ExitCode.Usage,
                "usage",
                $"{option.Name} is a number from {least} to {most}.",
                "Give the seconds."
            );
}
