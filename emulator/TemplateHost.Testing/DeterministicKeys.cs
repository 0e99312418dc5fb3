using TemplateHost.Kms.Model;

namespace TemplateHost.Testing;

/// <summary>P-256 keys and signatures that follow from their input alone, for runs that must repeat exactly (RFC 6979).</summary>
public static class DeterministicKeys
{
    /// <summary>A secret scalar from 40 random octets.</summary>
    public static byte[] SecretFrom(ReadOnlySpan<byte> octets) => P256.SecretFrom(octets);

    /// <summary>The signature over a SHA-256 digest, as r and s of 32 octets each.</summary>
    public static byte[] Sign(ReadOnlySpan<byte> secret, ReadOnlySpan<byte> digest) => DeterministicEcdsa.Sign(secret, digest);
}
