using System.Buffers.Binary;
using FairShare.Vault.Padding;
using FairShare.Vault.Streams;
using ZstdSharp;

namespace FairShare.Vault.Compression;

/// <summary>Decompresses a payload of any zstd frames, and stops where it expands over a limit.</summary>
public sealed class PayloadReader : ReadOnlyStream
{
    private readonly Stream source;
    private readonly DecompressionStream decompressor;
    private readonly long limit;
    private long count;

    private PayloadReader(PayloadKind kind, Stream source, long limit)
    {
        (Kind, this.source, this.limit) = (kind, source, limit);
        decompressor = new DecompressionStream(source, leaveOpen: true);
    }

    /// <summary>What the bytes are: a pipe where it is marked as one, and an archive otherwise.</summary>
    public PayloadKind Kind { get; }

    /// <summary>Begins to read a payload.</summary>
    /// <param name="source">The payload; left open.</param>
    /// <param name="limit">The most bytes that it may expand to.</param>
    public static PayloadReader Open(Stream source, long limit)
    {
        var start = new byte[SkippableFrame.HeaderLength + PayloadWriter.PipeMark.Length];
        var length = source.ReadAtLeast(start, start.Length, throwOnEndOfStream: false);
        return new(IsPipe(start) ? PayloadKind.Pipe : PayloadKind.Archive, new PrefixedStream(start.AsMemory(0, length), source), limit);
    }

    /// <inheritdoc/>
    /// <exception cref="PayloadException">What was read is no zstd, or expands over the limit.</exception>
    public override int Read(Span<byte> buffer)
    {
        var length = Decompress(buffer);
        count += length;
        return count <= limit
            ? length
            : throw new PayloadException("vault-payload-too-large", $"The content is larger than {limit} bytes, the most that is taken.");
    }

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        decompressor.Dispose();
        base.Dispose(disposing);
    }

    private int Decompress(Span<byte> buffer)
    {
        try
        {
            // At the end of the content the source must be at its end too: that is when it was found genuine.
            var length = decompressor.Read(buffer);
            return length > 0 || buffer.IsEmpty ? length
                : source.ReadByte() < 0 ? 0
                : throw Malformed();
        }
        catch (Exception fault) when (fault is ZstdException or EndOfStreamException)
        {
            throw Malformed();
        }
    }

    private static PayloadException Malformed() => new("vault-payload-malformed", "The content is not zstd, or is cut off.");

    private static bool IsPipe(ReadOnlySpan<byte> start) =>
        BinaryPrimitives.ReadUInt32LittleEndian(start) == PayloadWriter.MarkMagic
        && BinaryPrimitives.ReadUInt32LittleEndian(start[sizeof(uint)..]) == PayloadWriter.PipeMark.Length
        && start[SkippableFrame.HeaderLength..].SequenceEqual(PayloadWriter.PipeMark);
}
