using FairShare.Core.Errors;

namespace FairShare.Core.Identifiers;

/// <summary>Names a document (<c>fileId</c> on the wire); 128 random bits as 22 characters of base64url.</summary>
public readonly record struct DocumentId : IIdentifier<DocumentId>
{
    private readonly string? text;

    private DocumentId(string text) => this.text = text;

    /// <summary>Reads the 22-character text.</summary>
    /// <exception cref="ProtocolException"><c>invalid-document-id</c>.</exception>
    public static DocumentId Parse(string text) =>
        TryParse(text, out var value) ? value : throw RandomText.Refuse("invalid-document-id", "A document id", RefusedText.Of(text));

    /// <summary>Reads the 22-character text; false for anything else.</summary>
    public static bool TryParse(string? text, out DocumentId value)
    {
        var valid = RandomText.IsValid(text);
        value = valid ? new(text!) : default;
        return valid;
    }

    /// <summary>Draws a new one; each call gives another.</summary>
    public static DocumentId New(IRandomness randomness) => new(RandomText.New(randomness));

    /// <summary>The 22-character text; empty for the default value, which no parser yields.</summary>
    public override string ToString() => text ?? "";
}
