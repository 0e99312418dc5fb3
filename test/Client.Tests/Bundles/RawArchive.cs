using System.Buffers.Binary;
using System.IO.Hashing;
using System.Text;

namespace FairShare.Client.Tests.Bundles;

/// <summary>A file of a zip archive, of which everything can be said that is not so.</summary>
/// <param name="Name">The name.</param>
/// <param name="Content">The content.</param>
internal sealed record RawFile(string Name, byte[] Content)
{
    public ushort Flags { get; init; }

    public ushort Method { get; init; }

    public uint? Checksum { get; init; }

    public uint? Compressed { get; init; }

    public uint? Size { get; init; }

    public uint Attributes { get; init; }

    public byte[] Extra { get; init; } = [];

    public string? LocalName { get; init; }

    public uint Shift { get; init; }
}

/// <summary>Writes zip archives octet by octet (APPNOTE 6.3.10).</summary>
internal static class RawArchive
{
    public static byte[] Write(params IReadOnlyList<RawFile> files) => Write(files, 0, 0);

    /// <param name="files">The files.</param>
    /// <param name="gap">Octets between files and directory.</param>
    /// <param name="disk">The number of this part.</param>
    public static byte[] Write(IReadOnlyList<RawFile> files, int gap, ushort disk)
    {
        using var archive = new MemoryStream();
        var offsets = new List<uint>();
        foreach (var file in files)
        {
            offsets.Add((uint)archive.Position + file.Shift);
            archive.Write(Local(file));
        }

        archive.Write(new byte[gap]);
        var start = archive.Position;
        foreach (var (file, offset) in files.Zip(offsets))
        {
            archive.Write(Central(file, offset));
        }

        archive.Write(End((ushort)files.Count, (uint)(archive.Position - start), (uint)start, disk));
        return archive.ToArray();
    }

    private static byte[] Local(RawFile file)
    {
        var name = Encoding.Latin1.GetBytes(file.LocalName ?? file.Name);
        return
        [
            .. Numbers(4, 0x04034b50),
            .. Numbers(2, 20),
            .. Shared(file),
            .. Numbers(2, (uint)name.Length, (uint)file.Extra.Length),
            .. name,
            .. file.Extra,
            .. file.Content,
        ];
    }

    private static byte[] Central(RawFile file, uint offset)
    {
        var name = Encoding.Latin1.GetBytes(file.Name);
        return
        [
            .. Numbers(4, 0x02014b50),
            .. Numbers(2, 20, 20),
            .. Shared(file),
            .. Numbers(2, (uint)name.Length, (uint)file.Extra.Length, 0, 0, 0),
            .. Numbers(4, file.Attributes, offset),
            .. name,
            .. file.Extra,
        ];
    }

    private static byte[] Shared(RawFile file) =>
        [
            .. Numbers(2, file.Flags, file.Method, 0, 0x21),
            .. Numbers(4, file.Checksum ?? Crc32.HashToUInt32(file.Content)),
            .. Numbers(4, file.Compressed ?? (uint)file.Content.Length, file.Size ?? (uint)file.Content.Length),
        ];

    private static byte[] End(ushort count, uint size, uint start, ushort disk) =>
        [.. Numbers(4, 0x06054b50), .. Numbers(2, disk, disk, count, count), .. Numbers(4, size, start), .. Numbers(2, 0)];

    private static byte[] Numbers(int width, params uint[] numbers)
    {
        var bytes = new byte[width * numbers.Length];
        for (var index = 0; index < numbers.Length; index++)
        {
            var at = bytes.AsSpan(width * index);
            if (width == 2)
            {
                BinaryPrimitives.WriteUInt16LittleEndian(at, (ushort)numbers[index]);
            }
            else
            {
                BinaryPrimitives.WriteUInt32LittleEndian(at, numbers[index]);
            }
        }

        return bytes;
    }
}
