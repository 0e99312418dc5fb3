using System.Security.Cryptography;
using FairShare.Core.Identifiers;

namespace FairShare.Vault.Age;

/// <summary>The 128-bit key from which an age file's header and payload keys derive (age v1, file key).</summary>
public sealed class AgeFileKey : IDisposable
{
    /// <summary>The length in bytes.</summary>
    public const int ByteLength = 16;

    private const int DerivedLength = 32;

    private readonly byte[] bytes;

    private AgeFileKey(byte[] bytes) => this.bytes = bytes;

    /// <summary>The 16 bytes; zeros after <see cref="Dispose"/>.</summary>
    public ReadOnlySpan<byte> Bytes => bytes;

    /// <summary>Draws a new one; each call gives another.</summary>
    public static AgeFileKey New(IRandomness randomness)
    {
        var bytes = new byte[ByteLength];
        randomness.Fill(bytes);
        return new(bytes);
    }

    /// <summary>Copies 16 bytes.</summary>
    /// <exception cref="ArgumentException">Another length.</exception>
    public static AgeFileKey FromBytes(ReadOnlySpan<byte> bytes) =>
        bytes.Length == ByteLength ? new(bytes.ToArray()) : throw new ArgumentException("A file key has 16 bytes.", nameof(bytes));

    /// <summary>Zeroes the key.</summary>
    public void Dispose() => CryptographicOperations.ZeroMemory(bytes);

    /// <summary>The header's MAC over everything up to and including <c>---</c>.</summary>
    internal byte[] HeaderMac(ReadOnlySpan<byte> authenticated)
    {
        Span<byte> key = stackalloc byte[DerivedLength];
        HKDF.DeriveKey(HashAlgorithmName.SHA256, bytes, key, salt: [], info: "header"u8);
        try
        {
            return HMACSHA256.HashData(key, authenticated);
        }
        finally
        {
            CryptographicOperations.ZeroMemory(key);
        }
    }

    /// <summary>The cipher of the payload that follows a nonce of 16 bytes.</summary>
    internal PayloadCipher PayloadCipher(ReadOnlySpan<byte> nonce)
    {
        Span<byte> key = stackalloc byte[DerivedLength];
        HKDF.DeriveKey(HashAlgorithmName.SHA256, bytes, key, salt: nonce, info: "payload"u8);
        try
        {
            return new(key);
        }
        finally
        {
            CryptographicOperations.ZeroMemory(key);
        }
    }
}
