using System.Security.Cryptography;
using FairShare.Core.Encoding;
using FairShare.Core.Errors;

namespace FairShare.Vault.Derivation;

/// <summary>What the service keeps to recognise an opener: SHA-256 of <c>auth</c>; 43 characters of base64url.</summary>
public readonly record struct VaultVerifier
{
    /// <summary>The length of <c>auth</c> and of a verifier, in bytes.</summary>
    public const int ByteLength = 32;

    private readonly string? text;

    private VaultVerifier(string text) => this.text = text;

    /// <summary>Reads 43 characters of base64url.</summary>
    /// <exception cref="ProtocolException"><c>invalid-vault-verifier</c>.</exception>
    public static VaultVerifier Parse(string text) =>
        Base64UrlText.TryDecode(text, ByteLength, out _)
            ? new(text)
            : throw new ProtocolException(
                "invalid-vault-verifier",
                "A verifier is 43 characters of base64url (256 bits); this is not one."
            );

    /// <summary>The verifier of an <c>auth</c> of 32 bytes.</summary>
    public static VaultVerifier Of(ReadOnlySpan<byte> auth) => new(Base64UrlText.Encode(SHA256.HashData(auth)));

    /// <summary>Whether this is the verifier of that <c>auth</c>, in constant time; false for the default value.</summary>
    public bool Matches(ReadOnlySpan<byte> auth) =>
        Base64UrlText.TryDecode(text, ByteLength, out var expected)
        && CryptographicOperations.FixedTimeEquals(SHA256.HashData(auth), expected);

    /// <summary>43 characters; empty for the default value, which no parser yields.</summary>
    public override string ToString() => text ?? "";
}
