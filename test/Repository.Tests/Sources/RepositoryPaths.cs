namespace FairShare.Repository.Tests.Sources;

/// <summary>What a path in a text may name: a file or a folder of the repository.</summary>
internal sealed class RepositoryPaths
{
    private readonly HashSet<string> entries;
    private readonly HashSet<string> endings;
    private readonly HashSet<string> topFolders;

    /// <param name="files">The files, by paths from the root.</param>
    public RepositoryPaths(IReadOnlyCollection<string> files)
    {
        entries = [.. files.SelectMany(WithParents)];
        endings = [.. entries.SelectMany(Endings)];
        topFolders = [.. files.Where(path => path.Contains('/', StringComparison.Ordinal)).Select(path => path.Split('/')[0])];
    }

    /// <summary>The repository's own.</summary>
    public static RepositoryPaths OfRepository { get; } = new(RepositoryFiles.All);

    /// <summary>Whether a path from the root names a file or a folder.</summary>
    public bool Has(string path) => entries.Contains(path.TrimEnd('/'));

    /// <summary>Whether a file's path begins so.</summary>
    public bool HasPrefix(string prefix) => entries.Any(path => path.StartsWith(prefix, StringComparison.Ordinal));

    /// <summary>Whether some path of the repository is this one or ends with it: <c>Api/</c> for <c>functions/Api</c>.</summary>
    public bool HasEnding(string path) => endings.Contains(path.TrimEnd('/'));

    /// <summary>Whether a path begins with a folder that stands in the root.</summary>
    public bool IsBelowTopFolder(string path) => path.Split('/') is [var first, _, ..] && topFolders.Contains(first);

    /// <summary>Follows a relative path from a file's folder; null when it leaves the repository.</summary>
    public static string? Resolve(string from, string relative)
    {
        var parts = new Stack<string>(from.Split('/')[..^1]);
        foreach (var part in relative.Split('/').Where(part => part is not ("" or ".")))
        {
            if (part != "..")
            {
                parts.Push(part);
            }
            else if (!parts.TryPop(out _))
            {
                return null;
            }
        }

        return string.Join('/', parts.Reverse());
    }

    private static IEnumerable<string> WithParents(string path)
    {
        var parts = path.Split('/');
        return Enumerable.Range(1, parts.Length).Select(count => string.Join('/', parts[..count]));
    }

    private static IEnumerable<string> Endings(string path)
    {
        var parts = path.Split('/');
        return Enumerable.Range(0, parts.Length).Select(skipped => string.Join('/', parts[skipped..]));
    }
}
