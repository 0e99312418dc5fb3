namespace FairShare.Client.Watching;

/// <summary>
/// The files of a folder that nobody writes any more: those that looked the same for a while. Folders, links, empty files and what programs
/// write before they give a file its name are passed over.
/// </summary>
/// <param name="folder">The folder.</param>
/// <param name="settle">For how long a file must look the same.</param>
/// <param name="time">The clock.</param>
public sealed class SettledFiles(string folder, TimeSpan settle, TimeProvider time)
{
    private static readonly string[] Unfinished = ["~", ".tmp", ".part", ".partial", ".crdownload", ".swp"];

    private Dictionary<string, (long Size, DateTime Modified, DateTimeOffset Since)> seen = [];

    /// <summary>Whether the last look saw files that may still be written.</summary>
    public bool HasUnsettled { get; private set; }

    /// <summary>Looks at the folder, and gives what has settled since it was first looked at, by name.</summary>
    /// <exception cref="IOException">The folder cannot be read.</exception>
    public IReadOnlyList<FileInfo> Look()
    {
        var (now, settled) = (time.GetUtcNow(), new List<FileInfo>());
        var next = new Dictionary<string, (long Size, DateTime Modified, DateTimeOffset Since)>();
        foreach (var file in new DirectoryInfo(folder).EnumerateFiles().Where(IsWanted).OrderBy(file => file.Name, StringComparer.Ordinal))
        {
            var since =
                seen.TryGetValue(file.Name, out var known) && (known.Size, known.Modified) == (file.Length, file.LastWriteTimeUtc)
                    ? known.Since
                    : now;
            next[file.Name] = (file.Length, file.LastWriteTimeUtc, since);
            if (now - since >= settle)
            {
                settled.Add(file);
            }
        }

        seen = next;
        HasUnsettled = next.Count > settled.Count;
        return settled;
    }

    /// <summary>Looks at a file once more, before it is sent: others before it may have taken long.</summary>
    /// <returns>False when it is gone, is a link, or has another size or time.</returns>
    public static bool IsAsSeen(FileInfo file)
    {
        ArgumentNullException.ThrowIfNull(file);
        var now = new FileInfo(file.FullName);
        return IsWanted(now) && (now.Length, now.LastWriteTimeUtc) == (file.Length, file.LastWriteTimeUtc);
    }

    private static bool IsWanted(FileInfo file) =>
        file.LinkTarget is null
        && !file.Name.StartsWith('.')
        && !Unfinished.Any(ending => file.Name.EndsWith(ending, StringComparison.OrdinalIgnoreCase))
        && file is { Exists: true, Length: > 0 };
}
