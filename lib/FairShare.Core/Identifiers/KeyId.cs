using FairShare.Core.Encoding;
using FairShare.Core.Errors;

namespace FairShare.Core.Identifiers;

/// <summary>Names a public key: its RFC 7638 thumbprint, 43 characters of base64url (<c>kid</c> on the wire).</summary>
public readonly record struct KeyId : IIdentifier<KeyId>
{
    private readonly string? text;

    private KeyId(string text) => this.text = text;

    /// <summary>Reads the 43-character text.</summary>
    /// <exception cref="ProtocolException"><c>invalid-key-id</c>.</exception>
    public static KeyId Parse(string text) =>
        TryParse(text, out var value)
            ? value
            : throw new ProtocolException(
                "invalid-key-id",
                "A key id is 43 characters of base64url (a SHA-256 thumbprint); this is not one."
            )
            {
                Value = RefusedText.Of(text),
            };

    /// <summary>Reads the 43-character text; false for anything else.</summary>
    public static bool TryParse(string? text, out KeyId value)
    {
        var valid = text is not null && Base64UrlText.TryDecode(text, 32, out _);
        value = valid ? new(text!) : default;
        return valid;
    }

    /// <summary>The 43-character text; empty for the default value, which no parser yields.</summary>
    public override string ToString() => text ?? "";
}
