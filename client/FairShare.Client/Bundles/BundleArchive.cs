using System.Buffers.Binary;
using System.IO.Hashing;

namespace FairShare.Client.Bundles;

/// <summary>
/// Reads the zip archive of a bundle strictly: what two readers could read in two ways is refused, and nothing is written to a disk.
/// docs/bundle.md has the rules, which the verifier in JavaScript holds alike.
/// </summary>
internal static class BundleArchive
{
    /// <summary>The most files.</summary>
    public const int MaxFiles = 4096;

    /// <summary>The most bytes of all files together, and of the archive.</summary>
    public const long MaxBytes = 64L << 20;

    private const int EndLength = 22,
        CentralLength = 46,
        LocalLength = 30,
        MaxName = 200;
    private const uint EndMark = 0x06054b50,
        CentralMark = 0x02014b50,
        LocalMark = 0x04034b50;

    // Bits 1 and 2 are of compression, and bit 11 says that the name is in UTF-8: neither changes what is read.
    private const int HarmlessFlags = 0x0806;

    /// <summary>Reads all files.</summary>
    /// <returns>Their content by their path.</returns>
    /// <exception cref="ArchiveFault">It is no archive of a bundle.</exception>
    public static IReadOnlyDictionary<string, byte[]> Read(ReadOnlyMemory<byte> archive)
    {
        Require(archive.Length <= MaxBytes, "too-large", "the archive has more than 64 MiB");
        var (start, count) = ReadEnd(archive.Span);
        var files = new Dictionary<string, byte[]>(StringComparer.OrdinalIgnoreCase);
        var (central, local, total) = (start, 0L, 0L);
        for (var number = 0; number < count; number++)
        {
            var entry = ReadCentral(archive.Span, ref central, local);
            Require(!files.ContainsKey(entry.Name), "duplicate-name", $"{entry.Name} stands twice");
            total += entry.Size;
            Require(total <= MaxBytes, "too-large", "the files have more than 64 MiB");
            var data = ReadLocal(archive, entry, ref local, start);
            files.Add(entry.Name, Content(entry, data));
        }

        Require(central == archive.Length - EndLength, "not-contiguous", "the directory does not end where the archive does");
        Require(local == start, "not-contiguous", "there is something between the files and the directory");
        return files;
    }

    private static (long Start, int Count) ReadEnd(ReadOnlySpan<byte> archive)
    {
        Require(archive.Length >= EndLength, "not-a-zip", "it is shorter than the shortest zip archive");
        var end = archive[^EndLength..];
        Require(Number(end, 0) == EndMark, "not-a-zip", "it does not end as a zip archive without a comment");
        var (count, size, start) = (Short(end, 10), Number(end, 12), Number(end, 16));
        Require(count != 0xFFFF && size != 0xFFFFFFFF && start != 0xFFFFFFFF, "zip64", "it is a zip64 archive");
        Require(Number(end, 4) == 0 && Short(end, 8) == count, "split", "it is one part of several");
        Require(Short(end, 20) == 0, "comment", "it has a comment");
        Require(count <= MaxFiles, "too-many-files", $"it has more than {MaxFiles} files");
        Require((long)start + size == archive.Length - EndLength, "not-contiguous", "the directory does not end where the archive does");
        return (start, count);
    }

    private static ArchiveEntry ReadCentral(ReadOnlySpan<byte> archive, ref long central, long local)
    {
        var header = Slice(archive, central, CentralLength);
        Require(Number(header, 0) == CentralMark, "truncated", "a header of the directory is missing");
        var (nameLength, extraLength, commentLength) = (Short(header, 28), Short(header, 30), Short(header, 32));
        var name = Slice(archive, central + CentralLength, nameLength);
        var entry = ArchiveEntry.Read(header[8..], name);
        Require(IsName(entry.Name), "invalid-name", "a file has a name that files of a bundle do not have");
        Require((entry.Flags & 0x2041) == 0, "encrypted", $"{entry.Name} is encrypted");
        Require((entry.Flags & 8) == 0, "data-descriptor", $"{entry.Name} has its sizes behind it");
        Require((entry.Flags & ~HarmlessFlags) == 0, "unknown-flag", $"{entry.Name} has a flag that no bundle has");
        Require(
            entry.Method == 0,
            "unknown-method",
            $"{entry.Name} is compressed by the method {entry.Method}; files of a bundle are stored"
        );
        Require(entry.Compressed != 0xFFFFFFFF && entry.Size != 0xFFFFFFFF, "zip64", $"{entry.Name} is of a zip64 archive");
        Require(Short(header, 34) == 0, "split", "it is one part of several");
        Require((Number(header, 38) >> 28) is 0 or 8, "not-a-file", $"{entry.Name} is a link or a device");
        Require(extraLength == 0 && commentLength == 0, "extra-field", $"{entry.Name} has extra fields or a comment");
        Require(Number(header, 42) == local, "not-contiguous", $"{entry.Name} does not begin where the file before it ends");
        central += CentralLength + nameLength;
        return entry;
    }

    private static ReadOnlyMemory<byte> ReadLocal(ReadOnlyMemory<byte> archive, ArchiveEntry entry, ref long local, long start)
    {
        var header = Slice(archive.Span, local, LocalLength);
        Require(Number(header, 0) == LocalMark, "truncated", $"the header of {entry.Name} is missing");
        var name = Slice(archive.Span, local + LocalLength, Short(header, 26));
        Require(ArchiveEntry.Read(header[6..], name) == entry, "header-mismatch", $"{entry.Name} has two headers that differ");
        Require(Short(header, 28) == 0, "extra-field", $"{entry.Name} has extra fields or a comment");
        var data = local + LocalLength + name.Length;
        Require(data + entry.Compressed <= start, "truncated", $"{entry.Name} is cut short");
        local = data + entry.Compressed;
        return archive.Slice((int)data, (int)entry.Compressed);
    }

    private static byte[] Content(ArchiveEntry entry, ReadOnlyMemory<byte> data)
    {
        Require(entry.Compressed == entry.Size, "wrong-size", $"{entry.Name} does not have the stated size");
        Require(Crc32.HashToUInt32(data.Span) == entry.Checksum, "wrong-checksum", $"{entry.Name} does not have the stated checksum");
        return data.ToArray();
    }

    // Paths of one or more segments; no segment is empty, or begins with a dot.
    private static bool IsName(string name) =>
        name.Length is > 0 and <= MaxName
        && name.Split('/')
            .All(segment =>
                segment.Length > 0
                && segment[0] != '.'
                && segment.All(symbol => char.IsAsciiLetterOrDigit(symbol) || symbol is '.' or '_' or '-')
            );

    private static ReadOnlySpan<byte> Slice(ReadOnlySpan<byte> archive, long start, int length)
    {
        Require(start + length <= archive.Length, "truncated", "it ends in the middle of a header");
        return archive.Slice((int)start, length);
    }

    private static ushort Short(ReadOnlySpan<byte> bytes, int at) => BinaryPrimitives.ReadUInt16LittleEndian(bytes[at..]);

    private static uint Number(ReadOnlySpan<byte> bytes, int at) => BinaryPrimitives.ReadUInt32LittleEndian(bytes[at..]);

    private static void Require(bool holds, string code, string message)
    {
        if (!holds)
        {
            throw new ArchiveFault(code, message);
        }
    }
}
