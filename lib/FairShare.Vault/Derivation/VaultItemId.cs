using FairShare.Core.Encoding;
using FairShare.Core.Errors;
using FairShare.Core.Identifiers;

namespace FairShare.Vault.Derivation;

/// <summary>Names an item at the service: 128 bits that derive from its secret, 22 characters of base64url.</summary>
public readonly record struct VaultItemId : IIdentifier<VaultItemId>
{
    /// <summary>The length in bytes.</summary>
    public const int ByteLength = 16;

    private readonly string? text;

    private VaultItemId(string text) => this.text = text;

    /// <summary>Reads 22 characters of base64url.</summary>
    /// <exception cref="ProtocolException"><c>invalid-vault-item-id</c>.</exception>
    public static VaultItemId Parse(string text) =>
        TryParse(text, out var value)
            ? value
            : throw new ProtocolException("invalid-vault-item-id", "An item id is 22 characters of base64url (128 bits); this is not one.")
            {
                Value = RefusedText.Of(text),
            };

    /// <summary>Reads 22 characters of base64url; false for anything else.</summary>
    public static bool TryParse(string? text, out VaultItemId value)
    {
        var valid = text is not null && Base64UrlText.TryDecode(text, ByteLength, out _);
        value = valid ? new(text!) : default;
        return valid;
    }

    /// <summary>22 characters; empty for the default value, which no parser yields.</summary>
    public override string ToString() => text ?? "";

    internal static VaultItemId FromBytes(ReadOnlySpan<byte> bytes) => new(Base64UrlText.Encode(bytes));
}
