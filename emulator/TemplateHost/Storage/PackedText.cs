using System.Buffers;
using System.IO.Compression;
using System.Text;
using Microsoft.Data.Sqlite;

namespace TemplateHost.Storage;

/// <summary>
/// Long texts as columns keep them: compressed, since names and encodings in them repeat, and a row of half a page shares its page with
/// another.
/// </summary>
internal static class PackedText
{
    /// <summary>Shorter texts are kept as they are: packing would save less than it costs.</summary>
    private const int Shortest = 512;

    private const int UsualRatio = 8;
    private const int Quality = 4;
    private const int WindowBits = 20;

    /// <summary>The value of the column: octets, or the text itself where it is short or does not compress.</summary>
    public static object Pack(string text)
    {
        if (text.Length < Shortest)
        {
            return text;
        }

        var plain = Encoding.UTF8.GetBytes(text);
        var packed = ArrayPool<byte>.Shared.Rent(plain.Length);
        try
        {
            return BrotliEncoder.TryCompress(plain, packed.AsSpan(0, plain.Length), out var written, Quality, WindowBits)
                ? packed[..written]
                : text;
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(packed);
        }
    }

    /// <summary>The text that a column keeps, packed or not.</summary>
    public static string Read(SqliteDataReader row, int column)
    {
        if (row.GetFieldType(column) != typeof(byte[]))
        {
            return row.GetString(column);
        }

        var packed = row.GetFieldValue<byte[]>(column);
        for (var length = packed.Length * UsualRatio; ; length *= 2)
        {
            if (TryUnpack(packed, length) is { } text)
            {
                return text;
            }
        }
    }

    /// <returns>Null where the text is longer.</returns>
    private static string? TryUnpack(byte[] packed, int longest)
    {
        var plain = ArrayPool<byte>.Shared.Rent(longest);
        using var decoder = new BrotliDecoder();
        try
        {
            return decoder.Decompress(packed, plain, out _, out var length) switch
            {
                OperationStatus.Done => Encoding.UTF8.GetString(plain, 0, length),
                OperationStatus.DestinationTooSmall => null,
                var status => throw new InvalidDataException($"A packed text does not unpack: {status}."),
            };
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(plain);
        }
    }
}
