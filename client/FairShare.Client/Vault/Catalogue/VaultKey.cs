using System.Security.Cryptography;
using System.Text;

namespace FairShare.Client.Vault.Catalogue;

/// <summary>The key of a profile's vault, and what derives from it by HKDF-SHA-256.</summary>
public sealed class VaultKey : IDisposable
{
    /// <summary>The length of the key and of each derived one, in bytes.</summary>
    public const int Length = 32;

    private readonly byte[] key;

    internal VaultKey(byte[] key) => this.key = key;

    /// <summary>Seals the catalogue's rows.</summary>
    internal byte[] Catalogue => Derive("catalogue");

    /// <summary>Seals the state of uploads.</summary>
    internal byte[] Uploads => Derive("uploads");

    /// <summary>A name for the file of something, which tells nothing of it to who has not the key.</summary>
    internal string NameOf(string what) =>
        Convert.ToHexStringLower(HMACSHA256.HashData(Derive("names"), Encoding.UTF8.GetBytes(what)).AsSpan(0, Length / 2));

    /// <inheritdoc/>
    public void Dispose() => CryptographicOperations.ZeroMemory(key);

    private byte[] Derive(string use) =>
        HKDF.DeriveKey(HashAlgorithmName.SHA256, key, Length, info: Encoding.ASCII.GetBytes($"fairshare.vault-key.v1 {use}"));
}
