using System.Formats.Tar;
using FairShare.Vault.Archive;

namespace FairShare.Vault.Packing;

/// <summary>
/// A file or folder as it will be archived: everything in it is listed, sorted and checked before the first byte is written, and what could
/// not be extracted again is refused. The same tree becomes the same bytes each time.
/// </summary>
public sealed class SourceTree
{
    private const int BlockLength = 512;
    private const int BytesPerCharacter = 3;

    private readonly List<SourceNode> nodes;

    private SourceTree(List<SourceNode> nodes) => this.nodes = nodes;

    /// <summary>The name at the archive's root.</summary>
    public string Name => nodes[0].EntryPath;

    /// <summary>How many entries the archive will have.</summary>
    public int Entries => nodes.Count;

    /// <summary>Bytes of all files together.</summary>
    public long ContentLength => nodes.Sum(node => node.Size);

    /// <summary>More bytes than the archive will have.</summary>
    public long ArchiveLengthBound => nodes.Sum(EntryLengthBound) + (2 * BlockLength);

    /// <summary>Lists a file or folder. A symbolic link that is named here is followed; those in a folder are kept as links.</summary>
    /// <param name="path">A path of this machine.</param>
    /// <exception cref="ArchiveException">
    /// <see cref="ArchiveFault.Source"/>, <see cref="ArchiveFault.Unsafe"/>: a link that leads out, <see
    /// cref="ArchiveFault.TooManyEntries"/>.
    /// </exception>
    public static SourceTree List(string path)
    {
        var full = Path.TrimEndingDirectorySeparator(Path.GetFullPath(path));
        var name = Path.GetFileName(full);
        if (name.Length == 0)
        {
            throw ArchiveException.Of(ArchiveFault.Source, "The root of a file system has no name to be stored under.", path);
        }

        var nodes = new List<SourceNode>();
        var link = new FileInfo(full);
        var followed = link.LinkTarget is null ? full : link.ResolveLinkTarget(returnFinalTarget: true)!.FullName;
        Add(nodes, new SourceNodeReader(), name, followed);
        RequireContained(nodes);
        return new(nodes);
    }

    /// <summary>Writes the archive: pax format, no owners, times to 100 ns; to the second where a name has a line break.</summary>
    /// <param name="destination">Takes the archive; stays open.</param>
    /// <param name="progress">Is told the bytes of files that are done.</param>
    /// <param name="cancellationToken">Ends the writing with an exception.</param>
    /// <exception cref="ArchiveException"><see cref="ArchiveFault.Source"/>: a file changed, or cannot be read.</exception>
    public void WriteTo(Stream destination, IProgress<long>? progress = null, CancellationToken cancellationToken = default)
    {
        using var names = new PaxHeaderNames(destination);
        using var writer = new TarWriter(names, TarEntryFormat.Pax, leaveOpen: true);
        var done = 0L;
        foreach (var node in nodes)
        {
            cancellationToken.ThrowIfCancellationRequested();
            names.ExpectHeader();
            Write(writer, node, cancellationToken);
            progress?.Report(done += node.Size);
        }
    }

    private static void Write(TarWriter writer, SourceNode node, CancellationToken cancellationToken)
    {
        var entry = EntryOf(node);
        entry.Mode = node.Mode;
        entry.ModificationTime = node.Modified;
        if (node.LinkTarget is { } target)
        {
            entry.LinkName = target;
        }

        if (node.Kind != SourceKind.File)
        {
            writer.WriteEntry(entry);
            return;
        }

        using var file = new SourceFile(node, cancellationToken);
        entry.DataStream = file;
        writer.WriteEntry(entry);
        file.RequireUnchanged();
    }

    // The framework cannot read what it writes where a pax attribute has a line break in it. The older GNU form has names of any kind, and
    // times to the second.
    private static TarEntry EntryOf(SourceNode node)
    {
        var name = node.Kind == SourceKind.Folder ? node.EntryPath + "/" : node.EntryPath;
        return name.Contains('\n') || node.LinkTarget?.Contains('\n') == true
            ? new GnuTarEntry(TypeOf(node.Kind), name)
            : new PaxTarEntry(TypeOf(node.Kind), name);
    }

    private static TarEntryType TypeOf(SourceKind kind) =>
        kind switch
        {
            SourceKind.File => TarEntryType.RegularFile,
            SourceKind.Folder => TarEntryType.Directory,
            SourceKind.SymbolicLink => TarEntryType.SymbolicLink,
            SourceKind.HardLink => TarEntryType.HardLink,
            _ => throw new ArgumentOutOfRangeException(nameof(kind)),
        };

    private static void Add(List<SourceNode> nodes, SourceNodeReader reader, string entryPath, string fullPath)
    {
        if (nodes.Count == ArchiveLimits.MaxEntries)
        {
            throw new ArchiveException(ArchiveFault.TooManyEntries, $"The folder has more than {ArchiveLimits.MaxEntries} entries.");
        }

        var node = reader.Read(entryPath, fullPath);
        nodes.Add(node);
        if (node.Kind == SourceKind.Folder)
        {
            foreach (var child in Children(fullPath))
            {
                Add(nodes, reader, $"{entryPath}/{Path.GetFileName(child)}", child);
            }
        }
    }

    private static IEnumerable<string> Children(string folder)
    {
        try
        {
            return Directory.GetFileSystemEntries(folder).Order(StringComparer.Ordinal);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            throw ArchiveException.Of(ArchiveFault.Source, "A folder cannot be read.", folder);
        }
    }

    private static void RequireContained(List<SourceNode> nodes)
    {
        var links = nodes
            .Where(node => node.Kind == SourceKind.SymbolicLink)
            .ToDictionary(node => node.EntryPath, node => node.LinkTarget!);
        var containment = new LinkContainment(links, [nodes[0].EntryPath]);
        if (links.Keys.FirstOrDefault(containment.Leaves) is { } leaving)
        {
            throw ArchiveException.Of(ArchiveFault.Unsafe, "A symbolic link leads out of the folder, and would not be extracted.", leaving);
        }
    }

    // Two headers, the extended attributes, and the content in whole blocks.
    private static long EntryLengthBound(SourceNode node)
    {
        var names = (long)BytesPerCharacter * (node.EntryPath.Length + (node.LinkTarget?.Length ?? 0));
        return (4 * BlockLength) + names + node.Size + BlockLength;
    }
}
