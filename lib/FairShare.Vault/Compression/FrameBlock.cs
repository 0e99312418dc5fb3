using ZstdSharp;

namespace FairShare.Vault.Compression;

/// <summary>A block of content, and the zstd frame that it becomes.</summary>
internal sealed class FrameBlock : IDisposable
{
    private readonly byte[] content = new byte[FrameWriter.BlockLength];
    private readonly byte[] frame = new byte[Compressor.GetCompressBound(FrameWriter.BlockLength)];
    private readonly Compressor compressor = new(FrameWriter.Level);
    private int length;

    /// <summary>Whether nothing more fits in.</summary>
    public bool IsFull => length == content.Length;

    /// <summary>Whether nothing is in it.</summary>
    public bool IsEmpty => length == 0;

    /// <summary>Takes as much of the bytes as fits, and says how much that is.</summary>
    public int Take(ReadOnlySpan<byte> bytes)
    {
        var taken = Math.Min(bytes.Length, content.Length - length);
        bytes[..taken].CopyTo(content.AsSpan(length));
        length += taken;
        return taken;
    }

    /// <summary>Compresses what was taken, and is empty again; the frame is valid until the next call.</summary>
    public ReadOnlyMemory<byte> Compress()
    {
        var frameLength = compressor.Wrap(content.AsSpan(0, length), frame);
        length = 0;
        return frame.AsMemory(0, frameLength);
    }

    public void Dispose() => compressor.Dispose();
}
