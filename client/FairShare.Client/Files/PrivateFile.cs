using System.Runtime.Versioning;
using FairShare.Vault.Packing;

namespace FairShare.Client.Files;

/// <summary>Writes files that only their owner may read, whole or not at all.</summary>
internal static class PrivateFile
{
    private const UnixFileMode OwnerFile = UnixFileMode.UserRead | UnixFileMode.UserWrite;
    private const UnixFileMode OwnerFolder = OwnerFile | UnixFileMode.UserExecute;

    /// <summary>
    /// Writes the file under a name of its own, flushes it to disk, and then gives it its name; replaces what was there. Of several at once
    /// each writes the whole file, and one of them is last.
    /// </summary>
    /// <exception cref="FolderProblem">It cannot be written.</exception>
    public static void Write(string path, ReadOnlySpan<byte> content)
    {
        var folder = Path.GetDirectoryName(path)!;
        try
        {
            CreateFolder(folder);
            WriteWhole(path, content);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            throw new FolderProblem(folder, fault);
        }
    }

    /// <summary>Creates a file that is not there, for this process alone, and follows no link to do so.</summary>
    /// <exception cref="IOException">Something of that name is there.</exception>
    public static FileStream Create(string path, FileOptions options = FileOptions.None)
    {
        var all = new FileStreamOptions
        {
            Mode = FileMode.CreateNew,
            Access = FileAccess.ReadWrite,
            Share = FileShare.None,
            BufferSize = 0,
            Options = options,
        };
        if (!OperatingSystem.IsWindows())
        {
            all.UnixCreateMode = OwnerFile;
        }

        return new FileStream(path, all);
    }

    /// <summary>
    /// Opens one's own file that is there, for this process alone, and makes it its owner's only. Who owns it, and by how many names, is
    /// looked at on Linux only; elsewhere the owner is whoever may set its mode.
    /// </summary>
    /// <exception cref="IOException">It is a link, a folder, a pipe or a device, has another name besides, is somebody else's, or another
    /// process has it. It is left as it is.</exception>
    /// <exception cref="UnauthorizedAccessException">It is somebody else's.</exception>
    public static FileStream OpenOwn(string path, FileOptions options)
    {
        RefuseOther(path);
        var file = new FileStream(path, FileMode.Open, FileAccess.ReadWrite, FileShare.None, 0, options);
        try
        {
            // Looked at again: what was opened may have been put there since. The mode can be set by the owner alone, and by root.
            RefuseOther(path);
            if (!file.CanSeek || (OperatingSystem.IsLinux() && !IsSame(LinuxFileStatus.Read(file.SafeFileHandle), path)))
            {
                throw new IOException($"{path} is not an ordinary file.");
            }

            if (!OperatingSystem.IsWindows())
            {
                File.SetUnixFileMode(file.SafeFileHandle, OwnerFile);
            }

            return file;
        }
        catch
        {
            file.Dispose();
            throw;
        }
    }

    /// <summary>Makes a folder that only its owner may enter, and the missing ones above it likewise.</summary>
    public static void CreateFolder(string path)
    {
        if (Directory.Exists(path))
        {
            return;
        }

        // The framework would give the mode to the last folder alone.
        if (Path.GetDirectoryName(path) is { Length: > 0 } parent)
        {
            CreateFolder(parent);
        }

        if (OperatingSystem.IsWindows())
        {
            Directory.CreateDirectory(path);
        }
        else
        {
            Directory.CreateDirectory(path, OwnerFolder);
        }
    }

    private static void WriteWhole(string path, ReadOnlySpan<byte> content)
    {
        var temporary = $"{path}.{Path.GetRandomFileName()}";
        try
        {
            using (var file = Create(temporary))
            {
                file.Write(content);
                file.Flush(flushToDisk: true);
            }

            File.Move(temporary, path, overwrite: true);
        }
        catch
        {
            File.Delete(temporary);
            throw;
        }
    }

    private static void RefuseOther(string path)
    {
        if (new FileInfo(path).LinkTarget is not null)
        {
            throw new IOException($"{path} is a link.");
        }

        if (!OperatingSystem.IsLinux())
        {
            return;
        }

        var fault = LinuxFileStatus.Read(path) switch
        {
            null or { Type: not LinuxFileStatus.TypeFile } => "is not an ordinary file",
            { LinkCount: not 1 } => "has another name besides",
            { Owner: var owner } when owner != LinuxFileStatus.CurrentUser => "is somebody else's",
            _ => null,
        };
        if (fault is not null)
        {
            throw new IOException($"{path} {fault}.");
        }
    }

    [SupportedOSPlatform("linux")]
    private static bool IsSame(LinuxFileStatus opened, string path) =>
        LinuxFileStatus.Read(path) is { } named && (named.Device, named.Inode) == (opened.Device, opened.Inode);
}
