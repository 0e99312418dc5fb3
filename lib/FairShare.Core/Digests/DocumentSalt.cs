using System.Security.Cryptography;
using FairShare.Core.Encoding;
using FairShare.Core.Errors;
using FairShare.Core.Identifiers;

namespace FairShare.Core.Digests;

/// <summary>
/// 256 random bits that the uploader draws for one evidence of origin; 43 characters of base64url. They hide the document's digest in the
/// commitment that a downloader sees before it has given a receipt: without them a short document could be guessed from its digest.
/// </summary>
public readonly record struct DocumentSalt
{
    /// <summary>The length in bytes.</summary>
    public const int ByteLength = 32;

    private readonly string? text;

    private DocumentSalt(string text) => this.text = text;

    /// <summary>Reads 43 characters of base64url.</summary>
    /// <exception cref="ProtocolException"><c>invalid-salt</c>.</exception>
    public static DocumentSalt Parse(string text) =>
        Base64UrlText.TryDecode(text, ByteLength, out _)
            ? new(text)
            : throw new ProtocolException("invalid-salt", "A salt is 43 characters of base64url (256 bits); this is not one.");

    /// <summary>Draws a new one; each call gives another.</summary>
    public static DocumentSalt New(IRandomness randomness)
    {
        Span<byte> bytes = stackalloc byte[ByteLength];
        randomness.Fill(bytes);
        return new(Base64UrlText.Encode(bytes));
    }

    /// <summary>The commitment to a digest: HMAC-SHA-256 (RFC 2104) with the salt as key over the digest's 32 bytes.</summary>
    public DocumentCommitment Commit(Sha256Digest digest)
    {
        Base64UrlText.TryDecode(text, out var key);
        return new(Sha256Digest.FromBytes(HMACSHA256.HashData(key, digest.ToBytes())));
    }

    /// <summary>43 characters of base64url; empty for the default value, which no parser yields.</summary>
    public override string ToString() => text ?? "";
}
