namespace FairShare.Cli.Output;

/// <summary>A row of CSV (RFC 4180) of what others wrote: spreadsheets show it, and compute nothing of it.</summary>
internal static class CsvRow
{
    // What spreadsheets take for the beginning of a formula, besides tab and carriage return.
    private const string Computed = "=+-@";

    /// <summary>
    /// Writes fields as a terminal may be given them, quoted where they must be; one that would be computed has an apostrophe before it.
    /// </summary>
    /// <returns>The row without a line's end.</returns>
    public static string Of(params IEnumerable<string> fields) => string.Join(',', fields.Select(Write));

    private static string Write(string field)
    {
        var text = TerminalText.Of(field);
        text = text.Length > 0 && Computed.Contains(text[0], StringComparison.Ordinal) ? "'" + text : text;
        return text.IndexOfAny([',', '"']) < 0 ? text : $"\"{text.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";
    }
}
