using System.Security.Cryptography;
using System.Text;

namespace FairShare.Client.Vault.Gateway;

/// <summary>
/// A connection under the seed's RSA: both sides send their public key, and then everything in segments of at most 214 bytes, each
/// encrypted to the other's key by RSAES-OAEP with SHA-1 (RFC 8017, the default of the seed's PKCS1_OAEP), 256 bytes long. It hides a
/// conversation from who listens, and proves to nobody whom he talks to.
/// </summary>
internal sealed class RsaStream : Stream
{
    /// <summary>Bits of a key.</summary>
    public const int KeySize = 2048;

    private const int BlockLength = KeySize / 8;
    private const int SegmentLength = BlockLength - 42;
    private const int KeyLimit = 4096;

    private readonly Stream inner;
    private readonly RSA own;
    private readonly RSA other;
    private readonly byte[] block = new byte[BlockLength];
    private ReadOnlyMemory<byte> pending;

    private RsaStream(Stream inner, RSA own, RSA other) => (this.inner, this.own, this.other) = (inner, own, other);

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => true;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    /// <summary>Exchanges public keys: each a PEM of SubjectPublicKeyInfo and a NUL, the server's first.</summary>
    /// <param name="inner">The connection; left open.</param>
    /// <param name="own">The server's key; left open.</param>
    /// <param name="cancellationToken">Stops it.</param>
    /// <returns>The connection from there on; null where the other sent no key of 2048 bits.</returns>
    public static async Task<RsaStream?> AcceptAsync(Stream inner, RSA own, CancellationToken cancellationToken)
    {
        await inner
            .WriteAsync(Encoding.ASCII.GetBytes(own.ExportSubjectPublicKeyInfoPem() + "\0"), cancellationToken)
            .ConfigureAwait(false);
        var other = RSA.Create();
        try
        {
            other.ImportFromPem(await ReadKeyAsync(inner, cancellationToken).ConfigureAwait(false));
            if (other.KeySize == KeySize)
            {
                return new(inner, own, other);
            }
        }
        catch (Exception fault) when (fault is ArgumentException or CryptographicException) { }

        other.Dispose();
        return null;
    }

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        if (pending.IsEmpty && !await ReadBlockAsync(cancellationToken).ConfigureAwait(false))
        {
            return 0;
        }

        var length = Math.Min(buffer.Length, pending.Length);
        pending[..length].CopyTo(buffer);
        pending = pending[length..];
        return length;
    }

    public override async ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
    {
        for (; !buffer.IsEmpty; buffer = buffer[Math.Min(SegmentLength, buffer.Length)..])
        {
            var segment = buffer[..Math.Min(SegmentLength, buffer.Length)];
            var encrypted = other.Encrypt(segment.Span, RSAEncryptionPadding.OaepSHA1);
            await inner.WriteAsync(encrypted, cancellationToken).ConfigureAwait(false);
        }
    }

    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override Task WriteAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        WriteAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override Task FlushAsync(CancellationToken cancellationToken) => inner.FlushAsync(cancellationToken);

    public override void Flush() => inner.Flush();

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    protected override void Dispose(bool disposing)
    {
        other.Dispose();
        base.Dispose(disposing);
    }

    private static async Task<string> ReadKeyAsync(Stream inner, CancellationToken cancellationToken)
    {
        var text = new StringBuilder();
        var one = new byte[1];
        while (text.Length < KeyLimit && await inner.ReadAsync(one, cancellationToken).ConfigureAwait(false) == 1 && one[0] != 0)
        {
            text.Append((char)one[0]);
        }

        return text.ToString();
    }

    // Every fault of a block ends the connection in the same way: what tells faults apart would help to decrypt.
    private async Task<bool> ReadBlockAsync(CancellationToken cancellationToken)
    {
        if (await inner.ReadAtLeastAsync(block, BlockLength, false, cancellationToken).ConfigureAwait(false) < BlockLength)
        {
            return false;
        }

        try
        {
            pending = own.Decrypt(block, RSAEncryptionPadding.OaepSHA1);
            return !pending.IsEmpty;
        }
        catch (CryptographicException)
        {
            return false;
        }
    }
}
