using Org.BouncyCastle.Crypto.Generators;

namespace FairShare.Vault.Age;

/// <summary>scrypt (RFC 7914) as the age format uses it: r = 8, p = 1, and a salt that begins with the recipient's name.</summary>
public static class AgeScrypt
{
    /// <summary>The length of age's salt in bytes.</summary>
    public const int SaltLength = 16;

    /// <summary>The length in bytes of the key that wraps a file key.</summary>
    public const int WrapKeyLength = 32;

    private const int BlockSize = 8;
    private const int Parallelism = 1;

    /// <summary>
    /// Derives bytes; 128 * 8 * 2^<paramref name="workFactor"/> bytes of memory are used. A prefix does not depend on the length.
    /// </summary>
    /// <param name="passphrase">Any bytes.</param>
    /// <param name="salt">16 bytes.</param>
    /// <param name="workFactor">The base-2 logarithm of N, 1..30.</param>
    /// <param name="length">How many bytes to derive.</param>
    public static byte[] Derive(byte[] passphrase, ReadOnlySpan<byte> salt, int workFactor, int length)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(salt.Length, SaltLength);
        ArgumentOutOfRangeException.ThrowIfLessThan(workFactor, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(workFactor, 30);
        byte[] labelled = [.. "age-encryption.org/v1/scrypt"u8, .. salt];
        return SCrypt.Generate(passphrase, labelled, 1 << workFactor, BlockSize, Parallelism, length);
    }
}
