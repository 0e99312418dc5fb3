using System.Security.Cryptography;
using FairShare.Core.Encoding;
using FairShare.Core.Errors;

namespace FairShare.Core.Digests;

/// <summary>32 bytes of SHA-256, equal by value; on our wire 43 characters of base64url.</summary>
public readonly record struct Sha256Digest
{
    /// <summary>The length in bytes.</summary>
    public const int ByteLength = 32;

    private readonly string? text;

    private Sha256Digest(string text) => this.text = text;

    /// <summary>Reads 43 characters of base64url.</summary>
    /// <exception cref="ProtocolException"><c>invalid-digest</c>.</exception>
    public static Sha256Digest Parse(string text) =>
        TryParse(text, out var value)
            ? value
            : throw new ProtocolException("invalid-digest", "A digest is 43 characters of base64url (SHA-256); this is not one.");

    /// <summary>Reads 43 characters of base64url; false for anything else.</summary>
    public static bool TryParse(string? text, out Sha256Digest value)
    {
        var valid = text is not null && Base64UrlText.TryDecode(text, ByteLength, out _);
        value = valid ? new(text!) : default;
        return valid;
    }

    /// <summary>Takes 32 bytes.</summary>
    /// <exception cref="ProtocolException"><c>invalid-digest</c>: another length.</exception>
    public static Sha256Digest FromBytes(ReadOnlySpan<byte> bytes) =>
        bytes.Length == ByteLength
            ? new(Base64UrlText.Encode(bytes))
            : throw new ProtocolException("invalid-digest", "A SHA-256 digest has 32 bytes.");

    /// <summary>Hashes bytes.</summary>
    public static Sha256Digest Of(ReadOnlySpan<byte> data) => FromBytes(SHA256.HashData(data));

    /// <summary>The 32 bytes, a new array each time; empty for the default value.</summary>
    public byte[] ToBytes() => Base64UrlText.TryDecode(text, out var bytes) ? bytes : [];

    /// <summary>Standard base64 with padding, as S3 writes it in <c>x-amz-checksum-sha256</c>.</summary>
    public string ToBase64() => Convert.ToBase64String(ToBytes());

    /// <summary>43 characters of base64url; empty for the default value, which no parser yields.</summary>
    public override string ToString() => text ?? "";
}
