using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.Unicode;
using FairShare.Core.Errors;

namespace FairShare.Core.Identifiers;

/// <summary>A document's file name as the uploader gave it: one path segment, safe to use as a file name.</summary>
public readonly record struct DocumentName
{
    private const int ByteLimit = 255;

    private readonly string? text;

    private DocumentName(string text) => this.text = text;

    /// <summary>
    /// Reads a name of 1..255 bytes of UTF-8 in Unicode normalisation form C, without control, line separator and format characters
    /// (the joiners U+200C and U+200D excepted), unpaired surrogates, <c>/</c> and <c>\</c>; not <c>.</c> or <c>..</c>, and without a space
    /// at either end.
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

    /// <summary>The text in Unicode normalisation form C, in which names are written; the rest of the rules it may break still.</summary>
    public static string Compose(string text) => NormalForm.Compose(text);

    /// <summary>Whether a text stands in the name, in capitals or not, and however its accents are composed.</summary>
    public bool Contains(string part) => ToString().Contains(Compose(part), StringComparison.OrdinalIgnoreCase);

    /// <summary>The text; empty for the default value, which no parser yields.</summary>
    public override string ToString() => text ?? "";

    private static string? Fault(string? text)
    {
        if (string.IsNullOrEmpty(text))
        {
            return "A document's name is empty.";
        }

        var written = Utf8.FromUtf16(text, stackalloc byte[ByteLimit], out _, out _, replaceInvalidSequences: false);
        return text switch
        {
            _ when written == OperationStatus.InvalidData => "A document's name is not valid Unicode.",
            _ when written == OperationStatus.DestinationTooSmall => $"A document's name is longer than {ByteLimit} bytes of UTF-8.",
            "." or ".." => "A document's name is a directory's.",
            _ when text.AsSpan().ContainsAny('/', '\\') => "A document's name contains a path separator.",
            _ when text.EnumerateRunes().Any(IsInvisible) => "A document's name contains a control or formatting character.",
            _ when text[0] == ' ' || text[^1] == ' ' => "A document's name starts or ends with a space.",
            _ when !NormalForm.IsComposed(text) => "A document's name is not in Unicode normalisation form C.",
            _ => null,
        };
    }

    // Format characters include the bidirectional overrides, with which a name can be made to show another extension;
    // the two joiners are how Persian and the scripts of India are spelt.
    private static bool IsInvisible(Rune symbol) =>
        Rune.GetUnicodeCategory(symbol) switch
        {
            UnicodeCategory.Control or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator => true,
            UnicodeCategory.Format => symbol.Value is not (0x200C or 0x200D),
            _ => false,
        };
}
