using System.Formats.Tar;
using FairShare.Vault.Archive;

namespace FairShare.Vault.Extraction;

/// <summary>
/// Writes entries into a fresh folder. Symbolic links are made last, so that nothing is ever written through one, and only when all of them
/// are known not to lead out of the folder.
/// </summary>
internal sealed class EntryWriter(FreshFolder fresh, int maxEntries) : IDisposable
{
    private const int BufferLength = 128 << 10;
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;

    private readonly ExtractedNodes nodes = new(maxEntries);
    private readonly Dictionary<string, (string Target, DateTimeOffset Modified)> links = new(ArchiveLimits.Names);
    private readonly Dictionary<string, (UnixFileMode Mode, DateTimeOffset Modified)> folders = new(ArchiveLimits.Names);
    private readonly byte[] buffer = new byte[BufferLength];
    private long contentLength;
    private bool finished;

    /// <summary>Writes one entry.</summary>
    /// <exception cref="ArchiveException">Any fault of an entry.</exception>
    public void Write(TarEntry entry)
    {
        if (entry.EntryType == TarEntryType.GlobalExtendedAttributes)
        {
            return;
        }

        var path = EntryPath.Parse(entry.Name);
        if (path.Length == 0)
        {
            RequireRoot(entry);
            return;
        }

        MakeFolder(EntryPath.Parent(path));
        WriteFaults.Name(path, () => Write(entry, path));
    }

    /// <summary>Makes the links, sets what writing would have changed, and gives everything its name.</summary>
    public ExtractedTree Finish()
    {
        var targets = links.ToDictionary(link => link.Key, link => link.Value.Target, ArchiveLimits.Names);
        var topLevel = nodes.TopLevel;
        var containment = new LinkContainment(targets, topLevel);
        if (targets.Keys.FirstOrDefault(containment.Leaves) is { } leaving)
        {
            throw ArchiveException.Of(ArchiveFault.Unsafe, "A symbolic link leads out of the folder.", leaving);
        }

        foreach (var (path, (target, modified)) in links)
        {
            WriteFaults.Name(path, () => MakeLink(fresh.Inside(path), target, modified));
        }

        // From the inside out. A folder at the root gets its mode when it is in its place: one without writing cannot be moved.
        var inward = folders.OrderByDescending(folder => folder.Key.Length).ToList();
        finished = true;
        inward.Where(folder => folder.Key.Contains('/')).ToList().ForEach(folder => Settle(fresh.Inside(folder.Key), folder.Value));
        var paths = fresh.Publish(topLevel);
        foreach (var (name, path) in topLevel.Zip(paths).Where(pair => folders.ContainsKey(pair.First)))
        {
            Settle(path, folders[name]);
        }

        return new(paths, nodes.Count(NodeKind.File), nodes.Count(NodeKind.Folder), nodes.Count(NodeKind.SymbolicLink), contentLength);
    }

    /// <summary>Makes every folder removable again, where modes were set and names not given.</summary>
    public void Dispose()
    {
        if (!finished || OperatingSystem.IsWindows())
        {
            return;
        }

        foreach (var path in folders.Keys.OrderBy(path => path.Length).Select(fresh.Inside).Where(Directory.Exists))
        {
            File.SetUnixFileMode(path, OwnerOnly);
        }
    }

    private void Write(TarEntry entry, string path)
    {
        switch (entry.EntryType)
        {
            case TarEntryType.RegularFile or TarEntryType.V7RegularFile or TarEntryType.ContiguousFile:
                nodes.Add(path, NodeKind.File);
                WriteFile(entry, fresh.Inside(path));
                break;
            case TarEntryType.Directory:
                MakeFolder(path);
                folders[path] = (entry.Mode, entry.ModificationTime);
                break;
            case TarEntryType.SymbolicLink:
                AddLink(path, entry.LinkName, entry.ModificationTime);
                break;
            case TarEntryType.HardLink:
                WriteHardLink(path, EntryPath.Parse(entry.LinkName));
                break;
            default:
                throw ArchiveException.Of(
                    ArchiveFault.Unsafe,
                    $"The archive has an entry of the type {entry.EntryType}, and not only files, folders and links.",
                    path
                );
        }
    }

    private void WriteFile(TarEntry entry, string path)
    {
        var options = new FileStreamOptions
        {
            Mode = FileMode.CreateNew,
            Access = FileAccess.Write,
            BufferSize = 0,
        };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }

        using var file = new FileStream(path, options);
        while (ReadContent(entry) is > 0 and var length)
        {
            file.Write(buffer.AsSpan(0, length));
            contentLength += length;
        }

        File.SetLastWriteTimeUtc(file.SafeFileHandle, entry.ModificationTime.UtcDateTime);
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(file.SafeFileHandle, entry.Mode & ArchiveLimits.Modes);
        }
    }

    private int ReadContent(TarEntry entry)
    {
        try
        {
            return entry.DataStream?.Read(buffer) ?? 0;
        }
        catch (Exception fault) when (fault is EndOfStreamException or InvalidDataException)
        {
            throw new ArchiveException(ArchiveFault.Malformed, "The archive is cut off within a file.");
        }
    }

    private void WriteHardLink(string path, string target)
    {
        switch (nodes.Find(target))
        {
            case NodeKind.File:
                nodes.Add(path, NodeKind.File);
                NativeLinks.CreateHardLink(fresh.Inside(target), fresh.Inside(path));
                break;
            case NodeKind.SymbolicLink:
                // A second name of a symbolic link is the same text, followed from where it now stands.
                AddLink(path, links[target].Target, links[target].Modified);
                break;
            default:
                throw ArchiveException.Of(ArchiveFault.Unsafe, "A hard link leads to something that is no file before it.", path);
        }
    }

    private void AddLink(string path, string target, DateTimeOffset modified)
    {
        if (target.Length is 0 or > EntryPath.LengthLimit || target.Contains('\0'))
        {
            throw ArchiveException.Of(ArchiveFault.Malformed, "A symbolic link has a text that no link can have.", path);
        }

        nodes.Add(path, NodeKind.SymbolicLink);
        links.Add(path, (target, modified));
    }

    // A folder may come several times, and after what is in it.
    private void MakeFolder(string path)
    {
        if (path.Length == 0 || nodes.Find(path) == NodeKind.Folder)
        {
            return;
        }

        if (nodes.Find(path) is not null)
        {
            throw ArchiveException.Of(ArchiveFault.Collision, "An entry lies below something that is no folder.", path);
        }

        MakeFolder(EntryPath.Parent(path));
        nodes.Add(path, NodeKind.Folder);
        if (Path.Exists(fresh.Inside(path)))
        {
            throw ArchiveException.Of(ArchiveFault.Collision, "Two folders of the archive have names that are one to this system.", path);
        }

        WriteFaults.Name(path, () => Directory.CreateDirectory(fresh.Inside(path)));
    }

    private static void MakeLink(string path, string target, DateTimeOffset modified)
    {
        File.CreateSymbolicLink(path, target);
        File.SetLastWriteTimeUtc(path, modified.UtcDateTime);
    }

    private static void Settle(string path, (UnixFileMode Mode, DateTimeOffset Modified) folder)
    {
        Directory.SetLastWriteTimeUtc(path, folder.Modified.UtcDateTime);
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(path, folder.Mode & ArchiveLimits.Modes);
        }
    }

    private static void RequireRoot(TarEntry entry)
    {
        if (entry.EntryType != TarEntryType.Directory)
        {
            throw ArchiveException.Of(ArchiveFault.Unsafe, "The archive has an entry without a name.", entry.Name);
        }
    }
}
