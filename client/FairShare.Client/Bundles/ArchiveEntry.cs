using System.Buffers.Binary;
using System.Text;

namespace FairShare.Client.Bundles;

/// <summary>What a zip archive says of one file: the members that its central and its local header share (APPNOTE 6.3.10).</summary>
/// <param name="Name">The path.</param>
/// <param name="Flags">The general purpose flags.</param>
/// <param name="Method">0: stored.</param>
/// <param name="Checksum">CRC-32 of the file.</param>
/// <param name="Compressed">Bytes in the archive.</param>
/// <param name="Size">Bytes of the file.</param>
internal readonly record struct ArchiveEntry(string Name, int Flags, int Method, uint Checksum, long Compressed, long Size)
{
    /// <summary>Reads the members, which lie alike in both headers.</summary>
    /// <param name="fields">From the flags to the sizes.</param>
    /// <param name="name">The name's octets.</param>
    public static ArchiveEntry Read(ReadOnlySpan<byte> fields, ReadOnlySpan<byte> name) =>
        new(
            Encoding.Latin1.GetString(name),
            BinaryPrimitives.ReadUInt16LittleEndian(fields),
            BinaryPrimitives.ReadUInt16LittleEndian(fields[2..]),
            BinaryPrimitives.ReadUInt32LittleEndian(fields[8..]),
            BinaryPrimitives.ReadUInt32LittleEndian(fields[12..]),
            BinaryPrimitives.ReadUInt32LittleEndian(fields[16..])
        );
}
