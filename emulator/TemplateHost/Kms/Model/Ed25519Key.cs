using Org.BouncyCastle.Math.EC.Rfc8032;

namespace TemplateHost.Kms.Model;

/// <summary>A key of ECC_NIST_EDWARDS25519. Its signatures have 64 octets (RFC 8032), and follow from key and message alone.</summary>
internal sealed class Ed25519Key(KeyRecord key) : ISigningKey
{
    /// <summary>The octets of a private key.</summary>
    public const int SecretLength = 32;

    // RFC 8410, 7 and 4: what stands before the private and the public key.
    private static readonly byte[] PrivateKeyPrefix =
    [
        0x30,
        0x2E,
        0x02,
        0x01,
        0x00,
        0x30,
        0x05,
        0x06,
        0x03,
        0x2B,
        0x65,
        0x70,
        0x04,
        0x22,
        0x04,
        0x20,
    ];
    private static readonly byte[] PublicKeyPrefix = [0x30, 0x2A, 0x30, 0x05, 0x06, 0x03, 0x2B, 0x65, 0x70, 0x03, 0x21, 0x00];

    private readonly byte[] secret = key.PrivateKey[PrivateKeyPrefix.Length..];
    private readonly byte[] point = key.PublicKey[PublicKeyPrefix.Length..];

    /// <summary>Writes a private key as PKCS #8.</summary>
    public static byte[] WritePrivate(byte[] secret) => [.. PrivateKeyPrefix, .. secret];

    /// <summary>Writes the public key of a private one as SubjectPublicKeyInfo.</summary>
    public static byte[] WritePublic(byte[] secret)
    {
        var point = new byte[Ed25519.PublicKeySize];
        Ed25519.GeneratePublicKey(secret, 0, point, 0);
        return [.. PublicKeyPrefix, .. point];
    }

    public static bool IsPublic(ReadOnlySpan<byte> subjectPublicKeyInfo) => subjectPublicKeyInfo.StartsWith(PublicKeyPrefix);

    public byte[] Sign(byte[] input)
    {
        var signature = new byte[Ed25519.SignatureSize];
        Ed25519.Sign(secret, 0, input, 0, input.Length, signature, 0);
        return signature;
    }

    public bool Verifies(byte[] input, byte[] signature) =>
        signature.Length == Ed25519.SignatureSize && Ed25519.Verify(signature, 0, point, 0, input, 0, input.Length);
}
