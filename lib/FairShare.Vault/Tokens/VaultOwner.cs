using FairShare.Core.Digests;
using FairShare.Core.Encoding;
using FairShare.Core.Errors;
using FairShare.Core.Identifiers;

namespace FairShare.Vault.Tokens;

/// <summary>
/// What an owner of an item proves to be one with; sent as the header <c>Fairshare-Owner</c>: 128 random bits, 22 characters of base64url.
/// </summary>
public readonly record struct VaultOwner
{
    /// <summary>The length in bytes.</summary>
    public const int ByteLength = 16;

    private readonly string? text;

    private VaultOwner(string text) => this.text = text;

    /// <summary>What the service keeps of it: SHA-256 of its 16 bytes.</summary>
    public Sha256Digest Tag => Base64UrlText.TryDecode(text, out var bytes) ? Sha256Digest.Of(bytes) : default;

    /// <summary>Reads 22 characters of base64url.</summary>
    /// <exception cref="ProtocolException"><c>invalid-vault-owner</c>; the message never repeats the text.</exception>
    public static VaultOwner Parse(string text) =>
        Base64UrlText.TryDecode(text, ByteLength, out _)
            ? new(text)
            : throw new ProtocolException(
                "invalid-vault-owner",
                "An owner's secret is 22 characters of base64url (128 bits); this is not one."
            );

    /// <summary>Draws a new one; each call gives another.</summary>
    public static VaultOwner New(IRandomness randomness)
    {
        Span<byte> bytes = stackalloc byte[ByteLength];
        randomness.Fill(bytes);
        return new(Base64UrlText.Encode(bytes));
    }

    /// <summary>22 characters; empty for the default value, which no parser yields.</summary>
    public override string ToString() => text ?? "";
}
