namespace FairShare.Cli.Output;

/// <summary>Lines of a list under headings, each column as wide as its widest entry.</summary>
internal static class Columns
{
    /// <summary>The lines, the headings first.</summary>
    /// <param name="headings">One a column.</param>
    /// <param name="rows">One entry a column.</param>
    public static IEnumerable<string> Lines(string[] headings, IEnumerable<string[]> rows)
    {
        string[][] all = [headings, .. rows];
        var widths = headings.Select((_, column) => all.Max(row => row[column].Length)).ToList();
        return all.Select(row => string.Join("  ", row.Select((entry, column) => entry.PadRight(widths[column]))).TrimEnd());
    }
}
