using FairShare.Core.Errors;

namespace FairShare.Core.Identifiers;

/// <summary>The S3 version id of a stored document: what <c>x-amz-version-id</c> said when its bytes were put.</summary>
public readonly record struct ObjectVersion
{
    private const int Limit = 1024;

    private readonly string? text;

    private ObjectVersion(string text) => this.text = text;

    /// <summary>Reads 1..1024 visible ASCII characters; the text <c>null</c>, S3's mark of an unversioned object, is refused.</summary>
    /// <exception cref="ProtocolException"><c>invalid-object-version</c>.</exception>
    public static ObjectVersion Parse(string text) =>
        TryParse(text, out var value)
            ? value
            : throw new ProtocolException(
                "invalid-object-version",
                "An object version is 1 to 1024 visible ASCII characters, and not the word null."
            );

    /// <summary>Reads a version id; false for anything that is not one.</summary>
    public static bool TryParse(string? text, out ObjectVersion value)
    {
        var valid = text is { Length: > 0 and <= Limit } and not "null" && text.All(symbol => symbol is > ' ' and < '\u007f');
        value = valid ? new(text!) : default;
        return valid;
    }

    /// <summary>The text; empty for the default value, which no parser yields.</summary>
    public override string ToString() => text ?? "";
}
