using Microsoft.Win32.SafeHandles;

namespace FairShare.Client.Transfers;

/// <summary>
/// A read-only stream over a range of an open file, several of which can be read at once; tells how many bytes went through.
/// </summary>
internal sealed class FileSection(SafeFileHandle file, long offset, long length, Action<int>? read) : Stream
{
    private long position;

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => length;

    public override long Position
    {
        get => position;
        set => throw new NotSupportedException();
    }

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        var wanted = (int)Math.Min(buffer.Length, length - position);
        return wanted == 0
            ? 0
            : Advance(await RandomAccess.ReadAsync(file, buffer[..wanted], offset + position, cancellationToken).ConfigureAwait(false));
    }

    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    public override int Read(Span<byte> buffer)
    {
        var wanted = (int)Math.Min(buffer.Length, length - position);
        return wanted == 0 ? 0 : Advance(RandomAccess.Read(file, buffer[..wanted], offset + position));
    }

    public override void Flush() { }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    private int Advance(int count)
    {
        // An early end means that the file became shorter; without this the request would wait for bytes that never come.
        if (count == 0)
        {
            throw new EndOfStreamException("The file became shorter while it was read.");
        }

        position += count;
        read?.Invoke(count);
        return count;
    }
}
