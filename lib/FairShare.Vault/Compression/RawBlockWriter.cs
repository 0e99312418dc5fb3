namespace FairShare.Vault.Compression;

/// <summary>Writes one zstd frame of raw blocks (RFC 8878, sections 3.1.1.1 and 3.1.1.2), without compressing anything.</summary>
internal sealed class RawBlockWriter(Stream destination) : CompressingStream
{
    /// <summary>The largest block: 128 KiB.</summary>
    public const int BlockLength = 128 << 10;

    // Magic, a descriptor without content size and checksum, and a window of 128 KiB.
    private static ReadOnlySpan<byte> FrameHeader => [0x28, 0xB5, 0x2F, 0xFD, 0x00, 0x38];

    private readonly byte[] block = new byte[BlockLength];
    private int filled;
    private bool begun;

    public override void Write(ReadOnlySpan<byte> buffer)
    {
        while (!buffer.IsEmpty)
        {
            if (filled == block.Length)
            {
                WriteBlock(last: false);
            }

            var length = Math.Min(buffer.Length, block.Length - filled);
            buffer[..length].CopyTo(block.AsSpan(filled));
            filled += length;
            buffer = buffer[length..];
        }
    }

    public override void Complete() => WriteBlock(last: true);

    private void WriteBlock(bool last)
    {
        if (!begun)
        {
            destination.Write(FrameHeader);
            begun = true;
        }

        var header = (filled << 3) | (last ? 1 : 0);
        destination.Write([(byte)header, (byte)(header >> 8), (byte)(header >> 16)]);
        destination.Write(block.AsSpan(0, filled));
        filled = 0;
    }
}
