using System.Globalization;
using FairShare.Core.Errors;

namespace FairShare.Core.Identifiers;

/// <summary>Times as they stand in evidence and answers: RFC 3339, UTC, milliseconds, <c>yyyy-MM-ddTHH:mm:ss.fffZ</c>.</summary>
public static class Timestamp
{
    private const string Form = "yyyy-MM-dd'T'HH:mm:ss.fff'Z'";

    /// <summary>Writes a time; what is finer than a millisecond is cut off.</summary>
    public static string Format(DateTimeOffset time) => time.UtcDateTime.ToString(Form, CultureInfo.InvariantCulture);

    /// <summary>Reads a time.</summary>
    /// <exception cref="ProtocolException"><c>invalid-timestamp</c>: any other form, offset or precision.</exception>
    public static DateTimeOffset Parse(string text) =>
        TryParse(text, out var time)
            ? time
            : throw new ProtocolException("invalid-timestamp", "A time is written yyyy-MM-ddTHH:mm:ss.fffZ, in UTC with milliseconds.");

    /// <summary>Reads a time; false for any other form, offset or precision.</summary>
    public static bool TryParse(string? text, out DateTimeOffset time) =>
        DateTimeOffset.TryParseExact(
            text,
            Form,
            CultureInfo.InvariantCulture,
            DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal,
            out time
        );

    /// <summary>Cuts off what is finer than a millisecond, so that a time equals its written form.</summary>
    public static DateTimeOffset Truncate(DateTimeOffset time) =>
        new(time.UtcTicks - (time.UtcTicks % TimeSpan.TicksPerMillisecond), TimeSpan.Zero);
}
