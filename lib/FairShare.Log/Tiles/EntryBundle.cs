using System.Buffers.Binary;
using FairShare.Core.Errors;

namespace FairShare.Log.Tiles;

/// <summary>The octets of a bundle: its entries one after the other, each after its length in two octets, the higher one first.</summary>
public static class EntryBundle
{
    /// <summary>Writes entries of up to 65,535 octets each.</summary>
    /// <exception cref="ArgumentOutOfRangeException">An entry is longer.</exception>
    public static byte[] Write(IEnumerable<byte[]> entries)
    {
        using var content = new MemoryStream();
        Span<byte> length = stackalloc byte[sizeof(ushort)];
        foreach (var entry in entries)
        {
            ArgumentOutOfRangeException.ThrowIfGreaterThan(entry.Length, ushort.MaxValue, nameof(entries));
            BinaryPrimitives.WriteUInt16BigEndian(length, (ushort)entry.Length);
            content.Write(length);
            content.Write(entry);
        }

        return content.ToArray();
    }

    /// <summary>Reads a bundle.</summary>
    /// <param name="content">The octets.</param>
    /// <param name="width">How many entries there must be.</param>
    /// <exception cref="ProtocolException"><c>invalid-tile</c>: there are more or less, or an entry is cut.</exception>
    public static IReadOnlyList<byte[]> Read(ReadOnlySpan<byte> content, int width)
    {
        var entries = new List<byte[]>(width);
        while (content.Length >= sizeof(ushort) && content.Length - sizeof(ushort) >= BinaryPrimitives.ReadUInt16BigEndian(content))
        {
            var length = BinaryPrimitives.ReadUInt16BigEndian(content);
            entries.Add(content.Slice(sizeof(ushort), length).ToArray());
            content = content[(sizeof(ushort) + length)..];
        }

        return content.IsEmpty && entries.Count == width
            ? entries
            : throw new ProtocolException("invalid-tile", $"A bundle of {width} entries has {entries.Count}, or a part of one.");
    }
}
