namespace FairShare.Core.Errors;

/// <summary>How a refused value is shown to who gave it: its beginning, on one line, in characters that do nothing to a terminal.</summary>
public static class RefusedText
{
    private const int Limit = 60;

    /// <summary>The text, or its beginning; an ellipsis stands for the rest, a question mark for what is not shown.</summary>
    public static string Of(string? text)
    {
        var shown = text is null ? [] : text.Take(Limit).Select(symbol => IsShown(symbol) ? symbol : '?').ToArray();
        return new string(shown) + (text?.Length > Limit ? "…" : "");
    }

    // Not separators, controls, marks that turn the direction of writing, or halves of a pair.
    private static bool IsShown(char symbol) =>
        symbol == ' ' || char.IsLetterOrDigit(symbol) || char.IsPunctuation(symbol) || char.IsSymbol(symbol);
}
