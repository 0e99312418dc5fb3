namespace FairShare.Vault.Compression;

/// <summary>
/// Compresses what is written to it block by block, each into a zstd frame of its own (RFC 8878, section 3.1), two at a time, and writes
/// the
/// frames in order. The same content gives the same bytes, in whatever pieces it is written and however many processors there are.
/// </summary>
internal sealed class FrameWriter(Stream destination) : CompressingStream
{
    /// <summary>Content of every frame but the last, in bytes: 1 MiB.</summary>
    public const int BlockLength = 1 << 20;

    /// <summary>That of <c>zstd</c> where none is named.</summary>
    public const int Level = 3;

    private const int BlocksAtATime = 2;

    private readonly Queue<(FrameBlock Block, Task<ReadOnlyMemory<byte>> Frame)> compressing = new();
    private FrameBlock filling = new();
    private bool hasWritten;

    public override void Write(ReadOnlySpan<byte> buffer)
    {
        while (!buffer.IsEmpty)
        {
            if (filling.IsFull)
            {
                Begin(filling);
                filling = compressing.Count > BlocksAtATime ? Finish() : new FrameBlock();
            }

            buffer = buffer[filling.Take(buffer)..];
        }
    }

    public override void Complete()
    {
        if (!filling.IsEmpty || !hasWritten)
        {
            Begin(filling);
        }

        while (compressing.Count > 0)
        {
            var block = Finish();
            if (block != filling)
            {
                block.Dispose();
            }
        }
    }

    protected override void Dispose(bool disposing)
    {
        while (compressing.TryDequeue(out var begun))
        {
            // zstd's memory is not managed: it may go only when nobody works with it. Whether that failed does not matter any more.
            Task.WaitAny(begun.Frame);
            if (begun.Block != filling)
            {
                begun.Block.Dispose();
            }
        }

        filling.Dispose();
        base.Dispose(disposing);
    }

    private void Begin(FrameBlock block)
    {
        hasWritten = true;
        compressing.Enqueue((block, Task.Run(block.Compress)));
    }

    private FrameBlock Finish()
    {
        var (block, frame) = compressing.Peek();
        destination.Write(frame.GetAwaiter().GetResult().Span);
        compressing.Dequeue();
        return block;
    }
}
