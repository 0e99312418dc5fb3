using System.Globalization;

namespace FairShare.Cli.Output;

/// <summary>
/// Text that others wrote (names in archives, details of problems, documents) as a terminal may be given it: one line, whose characters
/// neither command it nor turn the direction of what stands beside them.
/// </summary>
internal static class TerminalText
{
    private const char Instead = '\uFFFD';

    /// <summary>The text; U+FFFD stands for each control character, line break and mark of direction.</summary>
    public static string Of(string text) =>
        text.Any(IsUnsafe) ? string.Create(text.Length, text, (shown, given) => Replace(given, shown)) : text;

    /// <summary>The text of several lines, of which each is made safe.</summary>
    public static string OfLines(string text) => string.Join('\n', text.Split('\n').Select(line => Of(line.TrimEnd('\r'))));

    /// <summary>JSON in which those characters are escaped: they only occur in its strings.</summary>
    public static string OfJson(string json) =>
        json.Any(IsUnsafe) ? string.Concat(json.Select(symbol => IsUnsafe(symbol) ? $"\\u{(int)symbol:x4}" : $"{symbol}")) : json;

    private static void Replace(string given, Span<char> shown)
    {
        for (var index = 0; index < given.Length; index++)
        {
            shown[index] = IsUnsafe(given[index]) ? Instead : given[index];
        }
    }

    // C0, C1, separators of lines and paragraphs; the marks, embeddings, overrides and isolates of the bidirectional algorithm.
    private static bool IsUnsafe(char symbol) =>
        char.GetUnicodeCategory(symbol) is UnicodeCategory.Control or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator
        || symbol is '\u061C' or '\u200E' or '\u200F' or (>= '\u202A' and <= '\u202E') or (>= '\u2066' and <= '\u2069');
}
