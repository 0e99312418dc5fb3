using System.Security.Cryptography;
using FairShare.Vault.Streams;

namespace FairShare.Vault.Age;

/// <summary>
/// Decrypts an age v1 file as it is read. Only whole chunks that are genuine and in their place are given out; that the file is whole is
/// known when a read returns 0, and not before.
/// </summary>
public sealed class AgeReader : ReadOnlyStream
{
    private readonly Stream source;
    private readonly PayloadCipher cipher;
    private readonly byte[] chunk = new byte[PayloadCipher.ChunkLength + PayloadCipher.TagLength];
    private readonly byte[] plaintext = new byte[PayloadCipher.ChunkLength];
    private ReadOnlyMemory<byte> pending;
    private long index;
    private bool ended;
    private bool refused;

    private AgeReader(Stream source, PayloadCipher cipher) => (this.source, this.cipher) = (source, cipher);

    /// <summary>Opens a file that a passphrase encrypts, whoever made it; <c>age -p</c> among them.</summary>
    /// <param name="source">The file; read from its beginning to its end, and left open.</param>
    /// <param name="passphrase">The passphrase in UTF-8.</param>
    /// <param name="maxWorkFactor">The highest base-2 logarithm of N to compute; 20 takes 1 GiB and some seconds.</param>
    /// <exception cref="AgeException">Every fault but <see cref="AgeFault.Payload"/>, which only reading finds.</exception>
    public static AgeReader OpenWithPassphrase(Stream source, byte[] passphrase, int maxWorkFactor = 20) =>
        Open(
            source,
            stanza =>
                stanza.WorkFactor <= maxWorkFactor
                    ? AgeScrypt.Derive(passphrase, stanza.Salt, stanza.WorkFactor, AgeScrypt.WrapKeyLength)
                    : throw new AgeException(
                        AgeFault.Header,
                        $"The work factor is 2^{stanza.WorkFactor}; more than 2^{maxWorkFactor} is not computed."
                    )
        );

    /// <summary>Opens a file whose salt and work factor are known beforehand: any other is refused, and nothing is computed.</summary>
    /// <param name="source">The file; read from its beginning to its end, and left open.</param>
    /// <param name="wrapKey">32 bytes, derived with that salt and work factor.</param>
    /// <param name="salt">The salt that the file must have.</param>
    /// <param name="workFactor">The work factor that it must have.</param>
    /// <exception cref="AgeException">Every fault but <see cref="AgeFault.Payload"/>, which only reading finds.</exception>
    public static AgeReader OpenWithKey(Stream source, ReadOnlySpan<byte> wrapKey, ReadOnlySpan<byte> salt, int workFactor)
    {
        var (key, expected) = (wrapKey.ToArray(), salt.ToArray());
        return Open(
            source,
            stanza =>
                !stanza.Salt.AsSpan().SequenceEqual(expected)
                    ? throw new AgeException(AgeFault.Header, "The salt is not this code's: the object is another item's, or was replaced.")
                : stanza.WorkFactor != workFactor
                    ? throw new AgeException(AgeFault.Header, $"The work factor is 2^{stanza.WorkFactor}, and not 2^{workFactor}.")
                : key
        );
    }

    /// <inheritdoc/>
    /// <exception cref="AgeException"><see cref="AgeFault.Payload"/>; every later read is refused too.</exception>
    public override int Read(Span<byte> buffer)
    {
        if (buffer.IsEmpty)
        {
            return 0;
        }

        if (pending.IsEmpty && !Fill())
        {
            return 0;
        }

        var length = Math.Min(buffer.Length, pending.Length);
        pending.Span[..length].CopyTo(buffer);
        pending = pending[length..];
        return length;
    }

    /// <summary>Opens a file with its file key alone, whatever stanzas its header has.</summary>
    internal static AgeReader OpenWithFileKey(Stream source, AgeFileKey fileKey) =>
        Begin(source, new AgeHeaderReader(source).Read(), fileKey);

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        cipher.Dispose();
        CryptographicOperations.ZeroMemory(plaintext);
        base.Dispose(disposing);
    }

    private static AgeReader Open(Stream source, Func<ScryptStanza, byte[]> wrapKeyOf)
    {
        var header = new AgeHeaderReader(source).Read();
        var stanza = ScryptStanza.Of(header);
        var wrapKey = wrapKeyOf(stanza);
        try
        {
            using var fileKey = stanza.Unwrap(wrapKey);
            return Begin(source, header, fileKey);
        }
        finally
        {
            CryptographicOperations.ZeroMemory(wrapKey);
        }
    }

    private static AgeReader Begin(Stream source, AgeHeader header, AgeFileKey fileKey)
    {
        header.RequireMac(fileKey);
        Span<byte> nonce = stackalloc byte[AgeEnvelope.NonceLength];
        return source.ReadAtLeast(nonce, nonce.Length, throwOnEndOfStream: false) == nonce.Length
            ? new(source, fileKey.PayloadCipher(nonce))
            : throw new AgeException(AgeFault.Header, "The nonce after the header is cut off.");
    }

    // False at the end of the file.
    private bool Fill()
    {
        if (refused)
        {
            throw Refuse("The file was refused before.");
        }

        if (ended)
        {
            return source.Read(chunk.AsSpan(0, 1)) == 0 ? false : throw Refuse("Data follows the final chunk.");
        }

        var length = source.ReadAtLeast(chunk, chunk.Length, throwOnEndOfStream: false);
        if (length == 0)
        {
            throw Refuse("The final chunk is missing: the file is cut off.");
        }

        pending = plaintext.AsMemory(0, Open(chunk.AsSpan(0, length)));
        index++;
        return !pending.IsEmpty || Fill();
    }

    // Gives the length of the chunk's plaintext. A full chunk may be the final one or not: its tag says which.
    private int Open(ReadOnlySpan<byte> sealedChunk)
    {
        if (sealedChunk.Length < PayloadCipher.TagLength)
        {
            throw Refuse("A chunk is shorter than its tag: the file is cut off.");
        }

        var length = sealedChunk.Length - PayloadCipher.TagLength;
        if (length == 0 && index > 0)
        {
            throw Refuse("The final chunk is empty, and not the only one.");
        }

        if (length < plaintext.Length || !cipher.TryOpen(index, final: false, sealedChunk, plaintext))
        {
            ended = cipher.TryOpen(index, final: true, sealedChunk, plaintext)
                ? true
                : throw Refuse($"Chunk {index} was changed, moved or cut off.");
        }

        return length;
    }

    private AgeException Refuse(string message)
    {
        refused = true;
        return new(AgeFault.Payload, message);
    }
}
