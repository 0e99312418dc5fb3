using System.Security.Cryptography;
using FairShare.Vault.Streams;

namespace FairShare.Vault.Age;

/// <summary>
/// Encrypts what is written to it to an age v1 file. A chunk is sealed when the next begins, so that the last one, full or not, is marked
/// as final by <see cref="Complete"/>.
/// </summary>
/// <param name="destination">Takes the file; stays open.</param>
/// <param name="envelope">Header, nonce and file key; stays the caller's.</param>
public sealed class AgeWriter(Stream destination, AgeEnvelope envelope) : WriteOnlyStream
{
    private readonly PayloadCipher cipher = envelope.FileKey.PayloadCipher(envelope.Nonce);
    private readonly byte[] plaintext = new byte[PayloadCipher.ChunkLength];
    private readonly byte[] chunk = new byte[PayloadCipher.ChunkLength + PayloadCipher.TagLength];
    private int filled;
    private long index;
    private bool begun;
    private bool completed;

    /// <inheritdoc/>
    /// <exception cref="InvalidOperationException">The file is complete.</exception>
    public override void Write(ReadOnlySpan<byte> buffer)
    {
        if (completed)
        {
            throw new InvalidOperationException("The file is complete.");
        }

        while (!buffer.IsEmpty)
        {
            if (filled == plaintext.Length)
            {
                Seal(final: false);
            }

            var length = Math.Min(buffer.Length, plaintext.Length - filled);
            buffer[..length].CopyTo(plaintext.AsSpan(filled));
            filled += length;
            buffer = buffer[length..];
        }
    }

    /// <summary>
    /// Writes the final chunk; a repeated call does nothing. A file that is only disposed has none, and no reader takes it.
    /// </summary>
    public void Complete()
    {
        if (!completed)
        {
            Seal(final: true);
            completed = true;
        }
    }

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        cipher.Dispose();
        CryptographicOperations.ZeroMemory(plaintext);
        base.Dispose(disposing);
    }

    private void Seal(bool final)
    {
        if (!begun)
        {
            destination.Write(envelope.Header);
            destination.Write(envelope.Nonce);
            begun = true;
        }

        cipher.Seal(index++, final, plaintext.AsSpan(0, filled), chunk);
        destination.Write(chunk.AsSpan(0, filled + PayloadCipher.TagLength));
        filled = 0;
    }
}
