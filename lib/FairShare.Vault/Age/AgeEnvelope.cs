using FairShare.Core.Identifiers;

namespace FairShare.Vault.Age;

/// <summary>What an age file begins with, and the key to the rest: with it the same payload becomes the same file again.</summary>
/// <param name="Header">The header with its MAC, as it stands in the file.</param>
/// <param name="Nonce">16 bytes, which follow the header.</param>
/// <param name="FileKey">The file key; disposed with the envelope.</param>
public sealed record AgeEnvelope(byte[] Header, byte[] Nonce, AgeFileKey FileKey) : IDisposable
{
    /// <summary>The length of the nonce in bytes.</summary>
    public const int NonceLength = 16;

    /// <summary>Draws a file key and a nonce, and wraps the key in one scrypt stanza.</summary>
    /// <param name="wrapKey">32 bytes: scrypt of the passphrase, with that salt and work factor.</param>
    /// <param name="salt">16 bytes.</param>
    /// <param name="workFactor">The base-2 logarithm of N.</param>
    /// <param name="randomness">The source of file key and nonce.</param>
    public static AgeEnvelope New(ReadOnlySpan<byte> wrapKey, ReadOnlySpan<byte> salt, int workFactor, IRandomness randomness)
    {
        var fileKey = AgeFileKey.New(randomness);
        var nonce = new byte[NonceLength];
        randomness.Fill(nonce);
        return new(AgeHeader.Write(ScryptStanza.Wrap(fileKey, wrapKey, salt, workFactor), fileKey), nonce, fileKey);
    }

    /// <summary>Bytes of a file with a payload of this length under this envelope.</summary>
    /// <param name="payloadLength">Bytes of plaintext, 0 or more.</param>
    public long FileLength(long payloadLength) => FileLength(Header.Length, payloadLength);

    /// <summary>Bytes of a file with a header and a payload of these lengths.</summary>
    public static long FileLength(int headerLength, long payloadLength)
    {
        var chunks = Math.Max(1, (payloadLength + PayloadCipher.ChunkLength - 1) / PayloadCipher.ChunkLength);
        return headerLength + NonceLength + payloadLength + (chunks * PayloadCipher.TagLength);
    }

    /// <summary>Zeroes the file key.</summary>
    public void Dispose() => FileKey.Dispose();
}
