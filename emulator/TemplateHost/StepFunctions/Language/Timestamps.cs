using System.Globalization;
using System.Text.RegularExpressions;

namespace TemplateHost.StepFunctions.Language;

/// <summary>RFC 3339 as the States Language narrows it: an upper-case T, and Z or a numeric offset.</summary>
/// <remarks>Fractions of a second have up to nine digits; those after the seventh say less than the clock can tell.</remarks>
internal static partial class Timestamps
{
    private static readonly string[] Formats = ["yyyy-MM-dd'T'HH:mm:ss.FFFFFFFK", "yyyy-MM-dd'T'HH:mm:ssK"];

    public static string Format(DateTimeOffset time) =>
        time.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture);

    public static bool TryParse(string text, out DateTimeOffset time)
    {
        time = default;
        text = BeyondTheClock().Replace(text, "$1");
        return (text.EndsWith('Z') || text.LastIndexOfAny(['+', '-']) > text.IndexOf('T', StringComparison.Ordinal))
            && DateTimeOffset.TryParseExact(text, Formats, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out time);
    }

    [GeneratedRegex(@"(\.[0-9]{7})[0-9]{1,2}(?=[Z+-])")]
    private static partial Regex BeyondTheClock();
}
