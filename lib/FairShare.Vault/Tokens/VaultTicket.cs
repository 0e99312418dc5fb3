using FairShare.Core.Digests;
using FairShare.Core.Encoding;
using FairShare.Core.Errors;
using FairShare.Core.Identifiers;

namespace FairShare.Vault.Tokens;

/// <summary>
/// What an opener draws for one open, 128 random bits: whoever has it and <c>auth</c> may repeat a lost answer, and end the open. 22
/// characters of base64url.
/// </summary>
public readonly record struct VaultTicket
{
    /// <summary>The length in bytes.</summary>
    public const int ByteLength = 16;

    private readonly string? text;

    private VaultTicket(string text) => this.text = text;

    /// <summary>What the service keeps of it: SHA-256 of its 16 bytes.</summary>
    public Sha256Digest Tag => Base64UrlText.TryDecode(text, out var bytes) ? Sha256Digest.Of(bytes) : default;

    /// <summary>Reads 22 characters of base64url.</summary>
    /// <exception cref="ProtocolException"><c>invalid-vault-ticket</c>; the message never repeats the text.</exception>
    public static VaultTicket Parse(string text) =>
        Base64UrlText.TryDecode(text, ByteLength, out _)
            ? new(text)
            : throw new ProtocolException("invalid-vault-ticket", "A ticket is 22 characters of base64url (128 bits); this is not one.");

    /// <summary>Draws a new one; each call gives another.</summary>
    public static VaultTicket New(IRandomness randomness)
    {
        Span<byte> bytes = stackalloc byte[ByteLength];
        randomness.Fill(bytes);
        return new(Base64UrlText.Encode(bytes));
    }

    /// <summary>22 characters; empty for the default value, which no parser yields.</summary>
    public override string ToString() => text ?? "";
}
