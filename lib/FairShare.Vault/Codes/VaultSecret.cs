using System.Security.Cryptography;
using FairShare.Core.Identifiers;

namespace FairShare.Vault.Codes;

/// <summary>
/// The 128 random bits from which everything of an item derives: the seed's cookie. Made by the client, and never sent to the service.
/// </summary>
public sealed class VaultSecret : IDisposable, IEquatable<VaultSecret>
{
    /// <summary>The length in bytes.</summary>
    public const int ByteLength = 16;

    private readonly byte[] bytes;

    private VaultSecret(byte[] bytes) => this.bytes = bytes;

    /// <summary>The 16 bytes; zeros after <see cref="Dispose"/>.</summary>
    public ReadOnlySpan<byte> Bytes => bytes;

    /// <summary>Draws a new one; each call gives another.</summary>
    public static VaultSecret New(IRandomness randomness)
    {
        var bytes = new byte[ByteLength];
        randomness.Fill(bytes);
        return new(bytes);
    }

    /// <summary>Copies 16 bytes.</summary>
    /// <exception cref="ArgumentException">Another length.</exception>
    public static VaultSecret FromBytes(ReadOnlySpan<byte> bytes) =>
        bytes.Length == ByteLength ? new(bytes.ToArray()) : throw new ArgumentException("A secret has 16 bytes.", nameof(bytes));

    /// <summary>Compares in constant time.</summary>
    public bool Equals(VaultSecret? other) => other is not null && CryptographicOperations.FixedTimeEquals(bytes, other.bytes);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as VaultSecret);

    /// <inheritdoc/>
    public override int GetHashCode() => BitConverter.ToInt32(bytes);

    /// <summary>Never the secret: it must not end up in a log.</summary>
    public override string ToString() => "(secret)";

    /// <summary>Zeroes the bytes.</summary>
    public void Dispose() => CryptographicOperations.ZeroMemory(bytes);
}
