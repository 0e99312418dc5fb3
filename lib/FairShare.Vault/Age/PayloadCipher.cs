using System.Buffers.Binary;
using System.Security.Cryptography;

namespace FairShare.Vault.Age;

/// <summary>
/// The STREAM of an age payload: ChaCha20-Poly1305 chunk by chunk, in any order. A chunk's nonce is its index in 11 bytes, and one byte
/// that is 1 for the final chunk only (age v1, payload).
/// </summary>
/// <remarks>
/// One index must be sealed with one plaintext only, whatever the flag: who seals again after an interruption compares digests.
/// </remarks>
internal sealed class PayloadCipher(ReadOnlySpan<byte> key) : IDisposable
{
    /// <summary>Plaintext of every chunk but the final one, in bytes: 64 KiB.</summary>
    public const int ChunkLength = 64 << 10;

    /// <summary>What a chunk is longer than its plaintext.</summary>
    public const int TagLength = 16;

    /// <summary>The length of a nonce of ChaCha20-Poly1305.</summary>
    public const int NonceLength = 12;

    private readonly ChaCha20Poly1305 cipher = new(key);

    /// <summary>Encrypts one chunk.</summary>
    /// <param name="index">From 0.</param>
    /// <param name="final">Whether it is the last.</param>
    /// <param name="plaintext">At most 64 KiB.</param>
    /// <param name="destination">Takes 16 bytes more than the plaintext; may not overlap it.</param>
    public void Seal(long index, bool final, ReadOnlySpan<byte> plaintext, Span<byte> destination)
    {
        Span<byte> nonce = stackalloc byte[NonceLength];
        WriteNonce(nonce, index, final);
        cipher.Encrypt(nonce, plaintext, destination[..plaintext.Length], destination.Slice(plaintext.Length, TagLength));
    }

    /// <summary>Decrypts one chunk; false, with zeros in the destination, where it is not that chunk.</summary>
    public bool TryOpen(long index, bool final, ReadOnlySpan<byte> chunk, Span<byte> destination)
    {
        Span<byte> nonce = stackalloc byte[NonceLength];
        WriteNonce(nonce, index, final);
        try
        {
            cipher.Decrypt(nonce, chunk[..^TagLength], chunk[^TagLength..], destination[..(chunk.Length - TagLength)]);
            return true;
        }
        catch (AuthenticationTagMismatchException)
        {
            return false;
        }
    }

    public void Dispose() => cipher.Dispose();

    private static void WriteNonce(Span<byte> nonce, long index, bool final)
    {
        nonce.Clear();
        BinaryPrimitives.WriteInt64BigEndian(nonce[(NonceLength - 1 - sizeof(long))..], index);
        nonce[^1] = final ? (byte)1 : (byte)0;
    }
}
