using System.Security.Cryptography;
using FairShare.Vault.Codes;

namespace FairShare.Vault.Derivation;

/// <summary>What derives from the secret alone, by HKDF-SHA-256 (RFC 5869) with an empty salt: 16 bytes under each label.</summary>
public static class SecretDerivation
{
    /// <summary>The length of each derived value in bytes.</summary>
    public const int ByteLength = 16;

    /// <summary>The item's id, under <c>fairshare.vault.v1 id</c>.</summary>
    public static VaultItemId ItemId(VaultSecret secret) => VaultItemId.FromBytes(Derive(secret, "fairshare.vault.v1 id"u8));

    /// <summary>The salt of the object's scrypt stanza, under <c>fairshare.vault.v1 salt</c>.</summary>
    public static byte[] Salt(VaultSecret secret) => Derive(secret, "fairshare.vault.v1 salt"u8);

    private static byte[] Derive(VaultSecret secret, ReadOnlySpan<byte> label)
    {
        var output = new byte[ByteLength];
        HKDF.DeriveKey(HashAlgorithmName.SHA256, secret.Bytes, output, salt: [], info: label);
        return output;
    }
}
