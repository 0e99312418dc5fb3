using System.Buffers.Binary;

namespace FairShare.Vault.Padding;

/// <summary>
/// Skippable frames of zstd (RFC 8878, section 3.1.2): four bytes of magic, the length in four bytes, and what readers skip.
/// </summary>
internal static class SkippableFrame
{
    /// <summary>Magic and length.</summary>
    public const int HeaderLength = 8;

    /// <summary>The frame of zeros: 5F 2A 4D 18.</summary>
    public const uint PaddingMagic = 0x184D2A5F;

    private const int BlockLength = 64 << 10;

    /// <summary>Writes one frame.</summary>
    public static void Write(Stream destination, uint magic, ReadOnlySpan<byte> content)
    {
        WriteHeader(destination, magic, (uint)content.Length);
        destination.Write(content);
    }

    /// <summary>Writes frames of zeros.</summary>
    /// <param name="destination">Takes the frames.</param>
    /// <param name="length">Bytes of all frames together: 0, or 8 and more.</param>
    /// <param name="contentLimit">The longest content of one frame; what needs more takes several.</param>
    public static void WritePadding(Stream destination, long length, uint contentLimit = uint.MaxValue)
    {
        while (length > 0)
        {
            var frame = Math.Min(length, (long)contentLimit + HeaderLength);
            if (length - frame is > 0 and < HeaderLength)
            {
                frame -= HeaderLength;
            }

            WriteHeader(destination, PaddingMagic, (uint)(frame - HeaderLength));
            WriteZeros(destination, frame - HeaderLength);
            length -= frame;
        }
    }

    private static void WriteHeader(Stream destination, uint magic, uint length)
    {
        Span<byte> header = stackalloc byte[HeaderLength];
        BinaryPrimitives.WriteUInt32LittleEndian(header, magic);
        BinaryPrimitives.WriteUInt32LittleEndian(header[sizeof(uint)..], length);
        destination.Write(header);
    }

    private static void WriteZeros(Stream destination, long count)
    {
        var zeros = new byte[Math.Min(count, BlockLength)];
        for (; count > 0; count -= zeros.Length)
        {
            destination.Write(zeros.AsSpan(0, (int)Math.Min(count, zeros.Length)));
        }
    }
}
