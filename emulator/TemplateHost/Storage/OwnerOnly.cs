namespace TemplateHost.Storage;

/// <summary>
/// Files and folders that only their owner may open: who reads the database can sign as anybody. On Windows the profile's own rights do
/// this.
/// </summary>
internal static class OwnerOnly
{
    private const UnixFileMode OfFile = UnixFileMode.UserRead | UnixFileMode.UserWrite;
    private const UnixFileMode OfFolder = OfFile | UnixFileMode.UserExecute;

    /// <summary>Makes the folder, and those above it, where they are not there; one that is there keeps its mode.</summary>
    public static void CreateFolder(string path)
    {
        if (OperatingSystem.IsWindows())
        {
            Directory.CreateDirectory(path);
        }
        else
        {
            Directory.CreateDirectory(path, OfFolder);
        }
    }

    /// <summary>Makes an empty file where there is none; takes others' rights off one that is there.</summary>
    public static void CreateFile(string path)
    {
        if (File.Exists(path))
        {
            Tighten(path);
        }
        else
        {
            new FileStream(path, Options(FileMode.OpenOrCreate)).Dispose();
        }
    }

    /// <summary>Takes others' rights off a file, if it is there.</summary>
    public static void Tighten(string path)
    {
        if (!OperatingSystem.IsWindows() && File.Exists(path) && File.GetUnixFileMode(path) != OfFile)
        {
            File.SetUnixFileMode(path, OfFile);
        }
    }

    /// <summary>Writes the file under another name and then gives it its own, so that it is there whole or not at all.</summary>
    public static void Write(string path, string content)
    {
        File.Delete(path + ".new");
        using (var writer = new StreamWriter(new FileStream(path + ".new", Options(FileMode.CreateNew))))
        {
            writer.Write(content);
        }

        File.Move(path + ".new", path, overwrite: true);
    }

    private static FileStreamOptions Options(FileMode mode)
    {
        var options = new FileStreamOptions
        {
            Mode = mode,
            Access = FileAccess.Write,
            Share = FileShare.None,
        };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = OfFile;
        }

        return options;
    }
}
