using FairShare.Vault.Archive;

namespace FairShare.Vault.Packing;

/// <summary>
/// Reads what a path is. It remembers files with several names: the second and later ones become hard links to the first.
/// </summary>
/// <remarks>Hard links are recognised on Linux; elsewhere each name becomes a file of its own.</remarks>
internal sealed class SourceNodeReader
{
    private const UnixFileMode DefaultFileMode = (UnixFileMode)0b110_100_100;
    private const UnixFileMode DefaultFolderMode = (UnixFileMode)0b111_101_101;

    private readonly Dictionary<(ulong Device, ulong Inode), string> named = [];

    /// <summary>Reads one node.</summary>
    /// <exception cref="ArchiveException">
    /// <see cref="ArchiveFault.Source"/>: it is gone, or neither file, folder nor symbolic link.
    /// </exception>
    public SourceNode Read(string entryPath, string fullPath) =>
        OperatingSystem.IsLinux()
            ? Read(entryPath, fullPath, LinuxFileStatus.Read(fullPath) ?? throw Refuse("A file is gone or cannot be read.", fullPath))
            : ReadPortably(entryPath, new FileInfo(fullPath));

    [System.Runtime.Versioning.SupportedOSPlatform("linux")]
    private SourceNode Read(string entryPath, string fullPath, LinuxFileStatus status)
    {
        var node = new SourceNode(entryPath, fullPath, SourceKind.File, status.Mode & ArchiveLimits.Modes, status.Modified, 0, null);
        return status.Type switch
        {
            LinuxFileStatus.TypeFolder => node with { Kind = SourceKind.Folder },
            LinuxFileStatus.TypeLink => node with { Kind = SourceKind.SymbolicLink, LinkTarget = TargetOf(new FileInfo(fullPath)) },
            LinuxFileStatus.TypeFile when status.LinkCount > 1 && !named.TryAdd((status.Device, status.Inode), entryPath) => node with
            {
                Kind = SourceKind.HardLink,
                LinkTarget = named[(status.Device, status.Inode)],
            },
            LinuxFileStatus.TypeFile => node with { Size = status.Size },
            _ => throw Refuse("A device, pipe or socket cannot be stored.", fullPath),
        };
    }

    private static SourceNode ReadPortably(string entryPath, FileInfo file)
    {
        if (!Path.Exists(file.FullName) && file.LinkTarget is null)
        {
            throw Refuse("A file is gone or cannot be read.", file.FullName);
        }

        var isFolder = file.Attributes.HasFlag(FileAttributes.Directory);
        var mode =
            OperatingSystem.IsWindows() ? (isFolder ? DefaultFolderMode : DefaultFileMode)
            : file.LinkTarget is not null ? DefaultFileMode
            : file.UnixFileMode & ArchiveLimits.Modes;
        var node = new SourceNode(entryPath, file.FullName, SourceKind.File, mode, file.LastWriteTimeUtc, 0, null);
        return file.LinkTarget is not null ? node with { Kind = SourceKind.SymbolicLink, LinkTarget = TargetOf(file) }
            : isFolder ? node with { Kind = SourceKind.Folder }
            : node with { Size = file.Length };
    }

    private static string TargetOf(FileInfo link)
    {
        var target = link.LinkTarget ?? throw Refuse("A link is gone or cannot be read.", link.FullName);
        return OperatingSystem.IsWindows() ? target.Replace('\\', '/') : target;
    }

    private static ArchiveException Refuse(string message, string path) => ArchiveException.Of(ArchiveFault.Source, message, path);
}
