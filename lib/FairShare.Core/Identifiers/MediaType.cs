using FairShare.Core.Errors;

namespace FairShare.Core.Identifiers;

/// <summary>A media type as RFC 6838 names it, <c>type/subtype</c> without parameters.</summary>
public readonly record struct MediaType
{
    private const int PartLimit = 127;

    private readonly string? text;

    private MediaType(string text) => this.text = text;

    /// <summary>What is said of a document whose type is not known.</summary>
    public static MediaType Unknown { get; } = new("application/octet-stream");

    /// <summary>
    /// Reads <c>type/subtype</c>, each 1..127 of letters, digits and <c>! # $ &amp; - ^ _ . +</c> with a letter or digit first.
    /// </summary>
    /// <exception cref="ProtocolException"><c>invalid-media-type</c>.</exception>
    public static MediaType Parse(string text) =>
        TryParse(text, out var value)
            ? value
            : throw new ProtocolException("invalid-media-type", "A media type is type/subtype as in RFC 6838, without parameters.");

    /// <summary>Reads a media type; false for anything that is not one.</summary>
    public static bool TryParse(string? text, out MediaType value)
    {
        var parts = text?.Split('/');
        var valid = parts is { Length: 2 } && parts.All(IsRestrictedName);
        value = valid ? new(text!) : default;
        return valid;
    }

    /// <summary>The text; empty for the default value, which no parser yields.</summary>
    public override string ToString() => text ?? "";

    private static bool IsRestrictedName(string part) =>
        part.Length is > 0 and <= PartLimit
        && char.IsAsciiLetterOrDigit(part[0])
        && part.All(symbol => char.IsAsciiLetterOrDigit(symbol) || "!#$&-^_.+".Contains(symbol, StringComparison.Ordinal));
}
