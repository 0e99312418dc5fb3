using FairShare.Core.Identifiers;
using FairShare.Vault.Archive;

namespace FairShare.Vault.Extraction;

/// <summary>
/// A folder that only its owner can enter, beside what will be extracted. What is in it gets its name at the end, or is removed; whoever is
/// killed meanwhile leaves a folder <c>.fairshare-…</c>, and nothing under a name of the archive.
/// </summary>
internal sealed class FreshFolder : IDisposable
{
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;
    private const int RandomLength = 8;

    private readonly string target;
    private readonly string? madeForIt;

    /// <summary>Makes the folder in a target folder, which is made too where there is none.</summary>
    public FreshFolder(string target, IRandomness randomness)
    {
        this.target = System.IO.Path.TrimEndingDirectorySeparator(System.IO.Path.GetFullPath(target));
        madeForIt = FirstMissing(this.target);
        Directory.CreateDirectory(this.target);
        Span<byte> random = stackalloc byte[RandomLength];
        randomness.Fill(random);
        Path = System.IO.Path.Combine(this.target, $".fairshare-{Convert.ToHexStringLower(random)}");
        if (OperatingSystem.IsWindows())
        {
            Directory.CreateDirectory(Path);
        }
        else
        {
            Directory.CreateDirectory(Path, OwnerOnly);
        }
    }

    /// <summary>Where it is.</summary>
    public string Path { get; }

    /// <summary>Gives what is in it its names in the target folder: all or none, and none that is taken.</summary>
    /// <returns>The full paths.</returns>
    /// <exception cref="ArchiveException"><see cref="ArchiveFault.TargetExists"/>.</exception>
    public IReadOnlyList<string> Publish(IReadOnlyCollection<string> names)
    {
        if (names.FirstOrDefault(name => IsTaken(InTarget(name))) is { } taken)
        {
            throw TargetExists(taken);
        }

        var published = new List<string>();
        try
        {
            foreach (var name in names)
            {
                Move(Inside(name), InTarget(name));
                published.Add(name);
            }
        }
        catch
        {
            published.ForEach(name => Move(InTarget(name), Inside(name)));
            throw;
        }

        return [.. names.Select(InTarget)];
    }

    /// <summary>The path in it of what has a path in the archive.</summary>
    public string Inside(string entryPath) => System.IO.Path.Combine(Path, entryPath);

    /// <summary>Removes the folder with all that is left in it, and the target folder where it was made for nothing.</summary>
    public void Dispose()
    {
        Directory.Delete(Path, recursive: true);
        if (madeForIt is not null)
        {
            RemoveEmpty(target, madeForIt);
        }
    }

    // From the target folder up to the outermost that was made for it, as long as nothing is in them.
    private static void RemoveEmpty(string folder, string outermost)
    {
        while (!Directory.EnumerateFileSystemEntries(folder).Any())
        {
            Directory.Delete(folder);
            if (folder == outermost)
            {
                return;
            }

            folder = System.IO.Path.GetDirectoryName(folder)!;
        }
    }

    private string InTarget(string name) => System.IO.Path.Combine(target, name);

    // Also a link that leads nowhere takes its name.
    private static bool IsTaken(string path) => System.IO.Path.Exists(path) || new FileInfo(path).LinkTarget is not null;

    private static void Move(string from, string to)
    {
        var isFolder = Directory.Exists(from) && new FileInfo(from).LinkTarget is null;
        if (isFolder)
        {
            Directory.Move(from, to);
        }
        else
        {
            File.Move(from, to, overwrite: false);
        }
    }

    private static string? FirstMissing(string path) =>
        Directory.Exists(path) ? null
        : System.IO.Path.GetDirectoryName(path) is { } parent ? FirstMissing(parent) ?? path
        : path;

    private static ArchiveException TargetExists(string name) =>
        ArchiveException.Of(ArchiveFault.TargetExists, "There is already something with the name of what would be extracted.", name);
}
