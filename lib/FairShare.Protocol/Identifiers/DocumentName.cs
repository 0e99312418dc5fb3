using System.Globalization;
using FairShare.Protocol.Errors;

namespace FairShare.Protocol.Identifiers;

/// <summary>A document's file name as the uploader gave it: one path segment, safe to use as a file name.</summary>
public readonly record struct DocumentName
{
    private const int ByteLimit = 255;

    private readonly string? text;

    private DocumentName(string text) => this.text = text;

    /// <summary>
    /// Reads a name of 1..255 bytes of UTF-8 in Unicode normalisation form C, without control, format or line separator characters,
    /// unpaired surrogates, <c>/</c> and <c>\</c>; not <c>.</c> or <c>..</c>, and without a space at either end.
    /// </summary>
    /// <exception cref="ProtocolException"><c>invalid-name</c>; the message says which rule.</exception>
    public static DocumentName Parse(string text) =>
        Fault(text) is { } fault ? throw new ProtocolException("invalid-name", fault) : new(text);

    /// <summary>Reads a name; false for anything that is not one.</summary>
    public static bool TryParse(string? text, out DocumentName value)
    {
        var valid = Fault(text) is null;
        value = valid ? new(text!) : default;
        return valid;
    }

    /// <summary>The text; empty for the default value, which no parser yields.</summary>
    public override string ToString() => text ?? "";

    private static string? Fault(string? text)
    {
        if (string.IsNullOrEmpty(text))
        {
            return "A document's name is empty.";
        }

        if (HasUnpairedSurrogate(text))
        {
            return "A document's name is not valid Unicode.";
        }

        return text switch
        {
            _ when System.Text.Encoding.UTF8.GetByteCount(text) > ByteLimit => $"A document's name is longer than {ByteLimit} bytes of UTF-8.",
            "." or ".." => "A document's name is a directory's.",
            _ when text.AsSpan().ContainsAny('/', '\\') => "A document's name contains a path separator.",
            _ when text.Any(IsInvisible) => "A document's name contains a control or formatting character.",
            _ when text[0] == ' ' || text[^1] == ' ' => "A document's name starts or ends with a space.",
            _ when !NormalForm.IsComposed(text) => "A document's name is not in Unicode normalisation form C.",
            _ => null,
        };
    }

    // Format characters include the bidirectional overrides, with which a name can be made to show another extension.
    private static bool IsInvisible(char symbol) => char.GetUnicodeCategory(symbol)
        is UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator;

    private static bool HasUnpairedSurrogate(string text)
    {
        foreach (var rune in text.EnumerateRunes())
        {
            if (rune == System.Text.Rune.ReplacementChar && !text.Contains('\uFFFD', StringComparison.Ordinal))
            {
                return true;
            }
        }

        return false;
    }
}
