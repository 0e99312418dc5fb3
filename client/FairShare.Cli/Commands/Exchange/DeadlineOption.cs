using System.CommandLine;
using FairShare.Cli.Output;
using FairShare.Contracts.Exchange;

namespace FairShare.Cli.Commands.Exchange;

/// <summary>The seconds until an exchange expires, on a command line.</summary>
internal static class DeadlineOption
{
    public static Option<long?> Deadline { get; } =
        new("--deadline")
        {
            Description =
                $"Seconds until the exchange expires, {ExchangeDeadline.Min.TotalSeconds} to {ExchangeDeadline.Max.TotalSeconds} "
                + $"(default: {ExchangeDeadline.Default.TotalSeconds}).",
            HelpName = "SECONDS",
        };

    /// <summary>What was given, or null.</summary>
    /// <exception cref="CommandException"><c>invalid-deadline</c>: it is out of range.</exception>
    public static long? Read(CommandContext context) =>
        context.Arguments.GetValue(Deadline) is not { } seconds ? null
        : seconds >= ExchangeDeadline.Min.TotalSeconds && seconds <= ExchangeDeadline.Max.TotalSeconds ? seconds
        : throw new CommandException(
            ExitCode.Usage,
            "invalid-deadline",
            $"--deadline {seconds} is not from {ExchangeDeadline.Min.TotalSeconds} to {ExchangeDeadline.Max.TotalSeconds} seconds.",
            "Nothing was begun. Give another, or leave it out."
        );
}
