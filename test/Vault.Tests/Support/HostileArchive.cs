using System.Formats.Tar;
using System.Text;

namespace FairShare.Vault.Tests.Support;

/// <summary>Archives that no packer would make.</summary>
internal sealed class HostileArchive : IDisposable
{
    private readonly MemoryStream bytes = new();
    private readonly TarWriter writer;

    public HostileArchive() => writer = new TarWriter(bytes, TarEntryFormat.Pax, leaveOpen: true);

    public HostileArchive Add(TarEntryType type, string name, string? link = null, string? content = null)
    {
        var entry = new PaxTarEntry(type, name);
        if (link is not null)
        {
            entry.LinkName = link;
        }

        if (content is not null)
        {
            entry.DataStream = new MemoryStream(Encoding.UTF8.GetBytes(content));
        }

        writer.WriteEntry(entry);
        return this;
    }

    public HostileArchive File(string name, string content = "content") => Add(TarEntryType.RegularFile, name, null, content);

    public HostileArchive Folder(string name) => Add(TarEntryType.Directory, name);

    public HostileArchive SymbolicLink(string name, string target) => Add(TarEntryType.SymbolicLink, name, target);

    public HostileArchive HardLink(string name, string target) => Add(TarEntryType.HardLink, name, target);

    public byte[] ToBytes()
    {
        Dispose();
        return bytes.ToArray();
    }

    public void Dispose()
    {
        writer.Dispose();
        bytes.Dispose();
    }

    /// <summary>A block that states a type and a length, with a checksum that fits.</summary>
    public static byte[] Header(char type, string octalLength)
    {
        var block = new byte[512];
        "name"u8.CopyTo(block);
        "0000644\0"u8.CopyTo(block.AsSpan(100));
        Encoding.ASCII.GetBytes(octalLength.PadLeft(11, '0') + "\0", block.AsSpan(124));
        "00000000000\0"u8.CopyTo(block.AsSpan(136));
        block[156] = (byte)type;
        "ustar"u8.CopyTo(block.AsSpan(257));
        "00"u8.CopyTo(block.AsSpan(263));
        Sum(block);
        return block;
    }

    /// <summary>Gives a header the checksum that fits it.</summary>
    public static void Sum(Span<byte> block)
    {
        block.Slice(148, 8).Fill((byte)' ');
        var sum = 0;
        foreach (var octet in block)
        {
            sum += octet;
        }

        Encoding.ASCII.GetBytes(Convert.ToString(sum, 8).PadLeft(6, '0') + "\0", block[148..]);
    }
}
