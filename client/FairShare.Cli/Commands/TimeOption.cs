using System.CommandLine;
using System.Globalization;
using FairShare.Cli.Output;

namespace FairShare.Cli.Commands;

/// <summary>Options that take a day or a time, in UTC where no offset is given.</summary>
internal static class TimeOption
{
    /// <summary>The time that was given; null for none.</summary>
    /// <exception cref="CommandException"><c>invalid-time</c>: it is none.</exception>
    public static DateTimeOffset? Read(CommandContext context, Option<string?> option) =>
        context.Arguments.GetValue(option) is not { } text ? null
        : DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time) ? time.ToUniversalTime()
        : throw new CommandException(ExitCode.Usage, "invalid-time", $"{option.Name} {text} is no time.", "Give one like 2026-11-01.");
}
