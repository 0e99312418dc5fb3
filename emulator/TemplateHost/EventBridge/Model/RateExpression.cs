using System.Globalization;
using System.Text.RegularExpressions;

namespace TemplateHost.EventBridge.Model;

/// <summary>
/// A schedule as <c>rate(5 minutes)</c>: https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-rate-expressions.html.
/// </summary>
internal static partial class RateExpression
{
    /// <summary>Reads one.</summary>
    /// <returns>The time from one event to the next.</returns>
    /// <exception cref="FormatException">It is none; a <c>cron</c> expression is not served.</exception>
    public static TimeSpan Parse(string text)
    {
        var match = Rate().Match(text);
        if (!match.Success || !int.TryParse(match.Groups[1].Value, NumberStyles.None, CultureInfo.InvariantCulture, out var value))
        {
            throw new FormatException($"Parameter ScheduleExpression is not valid: the embedded host serves rates, not {text}.");
        }

        var (unit, isMany) = (match.Groups[2].Value, match.Groups[3].Length > 0);
        if (value == 0 || isMany != value > 1)
        {
            throw new FormatException("Parameter ScheduleExpression is not valid.");
        }

        return unit switch
        {
            "minute" => TimeSpan.FromMinutes(value),
            "hour" => TimeSpan.FromHours(value),
            _ => TimeSpan.FromDays(value),
        };
    }

    [GeneratedRegex(@"^rate\((\d{1,9}) (minute|hour|day)(s?)\)$")]
    private static partial Regex Rate();
}
