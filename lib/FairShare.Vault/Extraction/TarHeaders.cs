namespace FairShare.Vault.Extraction;

/// <summary>
/// Follows the blocks of an archive while the headers of an entry are read, and says what a header states before the framework's reader
/// acts by it: of a name or of attributes, that reader allocates the stated length before it has read any of it.
/// </summary>
internal sealed class TarHeaders
{
    private const int BlockLength = 512;
    private const int LengthAt = 124;
    private const int LengthLength = 12;
    private const int TypeAt = 156;

    private readonly byte[] block = new byte[BlockLength];
    private int filled;
    private bool isHeader;
    private long body;

    /// <summary>The longest name or attributes that a header of those read now has stated, in bytes.</summary>
    public long Stated { get; private set; }

    /// <summary>An entry's headers begin; the padding of what came before may stand before them.</summary>
    public void Begin() => Stated = 0;

    /// <summary>Takes what was read.</summary>
    /// <param name="read">The octets, in order.</param>
    /// <param name="isOfHeaders">Whether headers and attributes are read, and not content.</param>
    public void Take(ReadOnlySpan<byte> read, bool isOfHeaders)
    {
        if (!isOfHeaders)
        {
            (filled, isHeader) = ((filled + read.Length) % BlockLength, false);
            return;
        }

        while (!read.IsEmpty)
        {
            isHeader |= filled == 0;
            var length = Math.Min(read.Length, BlockLength - filled);
            read[..length].CopyTo(block.AsSpan(filled));
            filled = (filled + length) % BlockLength;
            read = read[length..];
            if (filled == 0)
            {
                Read();
            }
        }
    }

    // What the block that has just been read in full states; the blocks of a name or of attributes are none of headers.
    private void Read()
    {
        if (body > 0)
        {
            body--;
        }
        else if (isHeader && block[TypeAt] is (byte)'x' or (byte)'g' or (byte)'L' or (byte)'K')
        {
            var length = Number(block.AsSpan(LengthAt, LengthLength));
            Stated = Math.Max(Stated, length);
            body = (length / BlockLength) + (length % BlockLength > 0 ? 1 : 0);
        }

        isHeader = false;
    }

    // In octal digits, or, as GNU writes what has too many, in base 256 with the first bit set.
    private static long Number(ReadOnlySpan<byte> field)
    {
        long value = 0;
        var isBinary = (field[0] & 0x80) != 0;
        foreach (var octet in isBinary ? field[1..] : field)
        {
            if (!isBinary && octet is < (byte)'0' or > (byte)'7')
            {
                continue;
            }

            if (value > long.MaxValue >> 9)
            {
                return long.MaxValue;
            }

            value = isBinary ? (value << 8) | octet : (value << 3) | (uint)(octet - '0');
        }

        return value;
    }
}
