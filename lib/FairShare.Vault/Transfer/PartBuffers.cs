using System.Runtime.InteropServices;
using System.Threading.Channels;
using FairShare.Vault.Streams;

namespace FairShare.Vault.Transfer;

/// <summary>Cuts what is written to it into parts, and hands them over while the next one is filled: three are in memory at most.</summary>
internal sealed class PartBuffers(int partSize, CancellationToken cancellationToken) : WriteOnlyStream
{
    private const int MostBuffers = 3;

    private readonly Channel<(ArraySegment<byte> Bytes, bool IsLast)> full = Channel.CreateBounded<(ArraySegment<byte>, bool)>(1);
    private readonly Channel<byte[]> free = Channel.CreateUnbounded<byte[]>();
    private byte[] filling = new byte[partSize];
    private int filled;
    private int allocated = 1;

    /// <summary>The parts, for one reader, which gives each back with <see cref="Return"/>.</summary>
    public IAsyncEnumerable<(ArraySegment<byte> Bytes, bool IsLast)> ReadAllAsync() => full.Reader.ReadAllAsync(cancellationToken);

    /// <summary>Gives a buffer back to be filled again.</summary>
    public void Return(ReadOnlyMemory<byte> part) =>
        free.Writer.TryWrite(
            MemoryMarshal.TryGetArray(part, out var bytes) ? bytes.Array! : throw new ArgumentException("No part.", nameof(part))
        );

    // A part is handed over when the next byte comes, so that the last one is known as such.
    public override void Write(ReadOnlySpan<byte> buffer)
    {
        while (!buffer.IsEmpty)
        {
            if (filled == filling.Length)
            {
                HandOver(isLast: false);
                (filling, filled) = (NextBuffer(), 0);
            }

            var length = Math.Min(buffer.Length, filling.Length - filled);
            buffer[..length].CopyTo(filling.AsSpan(filled));
            filled += length;
            buffer = buffer[length..];
        }
    }

    /// <summary>Hands over the last part.</summary>
    public void Complete()
    {
        HandOver(isLast: true);
        full.Writer.Complete();
    }

    /// <summary>Tells the reader why no more parts come.</summary>
    public void Fail(Exception fault) => full.Writer.TryComplete(fault);

    private byte[] NextBuffer()
    {
        if (free.Reader.TryRead(out var returned))
        {
            return returned;
        }

        if (allocated == MostBuffers)
        {
            return free.Reader.ReadAsync(cancellationToken).AsTask().GetAwaiter().GetResult();
        }

        allocated++;
        return new byte[partSize];
    }

    // The writer has a thread of its own, which waits here, and for a buffer, until the network is done.
    private void HandOver(bool isLast) =>
        full.Writer.WriteAsync((new ArraySegment<byte>(filling, 0, filled), isLast), cancellationToken).AsTask().GetAwaiter().GetResult();
}
