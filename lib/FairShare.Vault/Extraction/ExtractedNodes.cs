using FairShare.Vault.Archive;

namespace FairShare.Vault.Extraction;

/// <summary>What an entry became.</summary>
internal enum NodeKind
{
    File,
    Folder,
    SymbolicLink,
}

/// <summary>Which paths of the archive are taken, and by what.</summary>
internal sealed class ExtractedNodes(int maxEntries)
{
    private readonly Dictionary<string, NodeKind> nodes = new(ArchiveLimits.Names);

    /// <summary>The names at the root, in the order in which they came.</summary>
    public IReadOnlyCollection<string> TopLevel => [.. nodes.Keys.Where(path => !path.Contains('/'))];

    public int Count(NodeKind kind) => nodes.Values.Count(node => node == kind);

    public NodeKind? Find(string path) => nodes.TryGetValue(path, out var kind) ? kind : null;

    /// <summary>Takes a path.</summary>
    /// <exception cref="ArchiveException">
    /// <see cref="ArchiveFault.Collision"/>: it is taken, also in another case where the system does not tell them apart;
    /// <see cref="ArchiveFault.TooManyEntries"/>.
    /// </exception>
    public void Add(string path, NodeKind kind)
    {
        if (nodes.Count == maxEntries)
        {
            throw new ArchiveException(ArchiveFault.TooManyEntries, $"The archive has more than {maxEntries} entries.");
        }

        if (!nodes.TryAdd(path, kind))
        {
            throw ArchiveException.Of(ArchiveFault.Collision, "Two entries of the archive have the same name.", path);
        }
    }
}
