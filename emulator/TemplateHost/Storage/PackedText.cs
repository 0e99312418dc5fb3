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

        using var reader = new StreamReader(
            new BrotliStream(new MemoryStream(row.GetFieldValue<byte[]>(column)), CompressionMode.Decompress)
        );
        return reader.ReadToEnd();
    }
}
