using TemplateHost.Storage;

namespace TemplateHost.Hosting;

/// <summary>The directory that one host holds: its database, its blobs, and a lock against a second host.</summary>
internal sealed class DataDirectory : IDisposable
{
    private readonly string path;
    private readonly bool temporary;
    private readonly List<string> created;
    private readonly FileStream held;

    /// <exception cref="HostOptionException">
    /// Another host holds the directory, or a database lies in it that is not this host's.
    /// </exception>
    public DataDirectory(string? given)
    {
        temporary = given is null;
        path = Path.GetFullPath(given ?? Directory.CreateTempSubdirectory("template-host-").FullName);
        created = Missing(path);
        try
        {
            OwnerOnly.CreateFolder(path);
            RequireNoOtherDatabase();
            held = Hold();
        }
        catch
        {
            // Whatever stands in them by now is another host's.
            RemoveEmpty(created);
            throw;
        }

        try
        {
            OwnerOnly.CreateFile(Database);
            OwnerOnly.CreateFolder(Blobs);
        }
        catch
        {
            Withdraw();
            throw;
        }
    }

    public string Database => Path.Combine(path, "host.db");

    /// <summary>Where the administrator's credentials stand, for the AWS CLI.</summary>
    public string Credentials => Path.Combine(path, "root-credentials");

    public string Blobs => Path.Combine(path, "blobs");

    public void Dispose()
    {
        held.Dispose();
        if (temporary)
        {
            Directory.Delete(path, recursive: true);
        }
    }

    /// <summary>Lets go of the directory after a start that failed: where it was not there before, it is not there afterwards.</summary>
    public void Withdraw()
    {
        if (temporary || created.Count == 0)
        {
            Dispose();
            return;
        }

        // Emptied while it is still held, so that nobody starts in it meanwhile. Windows keeps a file that is open, the lock.
        RemoveContent();
        held.Dispose();
        if (OperatingSystem.IsWindows())
        {
            Try(() => File.Delete(Lock));
        }

        RemoveEmpty(created);
    }

    private string Lock => Path.Combine(path, "lock");

    // Beside another program's database, or that of a host that called its own otherwise, an empty one would look like a loss.
    private void RequireNoOtherDatabase()
    {
        if (!File.Exists(Database) && Directory.EnumerateFiles(path, "*.db").FirstOrDefault() is { } other)
        {
            throw new HostOptionException(
                nameof(EmbeddedHostOptions.DataDirectory),
                $"The data directory {path} holds another database, {Path.GetFileName(other)}, and none of this host."
            );
        }
    }

    private FileStream Hold()
    {
        try
        {
            return new FileStream(Lock, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        }
        catch (IOException fault) when (IsHeld(fault))
        {
            throw new HostOptionException(
                nameof(EmbeddedHostOptions.DataDirectory),
                $"Another process holds the data directory {path}.",
                fault
            );
        }
    }

    /// <summary>Whether another process has the file: EAGAIN of Linux and of macOS, ERROR_SHARING_VIOLATION.</summary>
    private static bool IsHeld(IOException fault) => fault.HResult is 11 or 35 or unchecked((int)0x80070020);

    /// <summary>The folder and those above it that are not there, the deepest first.</summary>
    private static List<string> Missing(string folder)
    {
        var missing = new List<string>();
        for (string? one = folder; one is not null && !Directory.Exists(one) && !File.Exists(one); one = Path.GetDirectoryName(one))
        {
            missing.Add(one);
        }

        return missing;
    }

    private void RemoveContent()
    {
        foreach (var entry in new DirectoryInfo(path).EnumerateFileSystemInfos().ToList())
        {
            Try(() => Remove(entry));
        }
    }

    private static void Remove(FileSystemInfo entry)
    {
        if (entry is DirectoryInfo folder)
        {
            folder.Delete(recursive: true);
        }
        else
        {
            entry.Delete();
        }
    }

    /// <summary>Removes folders that nobody has put anything into.</summary>
    private static void RemoveEmpty(List<string> folders)
    {
        foreach (var folder in folders)
        {
            Try(() => Directory.Delete(folder));
        }
    }

    /// <summary>What cannot be removed stays: why the start failed is what is to be told.</summary>
    private static void Try(Action remove)
    {
        try
        {
            remove();
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            // It is another's by now, or was never made.
        }
    }
}
