using System.Globalization;
using FairShare.Cli.Output;

namespace FairShare.Cli.Commands.Vault;

/// <summary>A length of time as people write it: a number and a letter.</summary>
internal static class DurationText
{
    /// <summary>Reads <c>90s</c>, <c>30m</c>, <c>12h</c>, <c>7d</c> or <c>2w</c>; a number alone is seconds.</summary>
    /// <exception cref="CommandException"><c>invalid-time</c>.</exception>
    public static TimeSpan Parse(string text)
    {
        var seconds = text[^1] switch
        {
            's' => 1,
            'm' => 60,
            'h' => 3600,
            'd' => 86_400,
            'w' => 604_800,
            _ => 0,
        };
        var number = seconds == 0 ? text : text[..^1];
        return int.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out var count)
            ? TimeSpan.FromSeconds((long)count * Math.Max(1, seconds))
            : throw new CommandException(
                ExitCode.Usage,
                "invalid-time",
                "--expires is a whole number and a letter: s, m, h, d or w.",
                "Give a time such as 12h or 7d."
            );
    }
}
