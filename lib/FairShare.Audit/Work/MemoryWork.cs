using FairShare.Audit.Items;
using FairShare.Log.Leaves;

namespace FairShare.Audit.Work;

/// <summary>Keeps what is audited in memory: for the part of a store that a scheduled audit looks at, which is bounded.</summary>
public sealed class MemoryWork : IAuditWork
{
    private readonly SortedDictionary<string, SortedDictionary<string, AuditedItem>> items = new(StringComparer.Ordinal);
    private readonly Dictionary<string, TableToken> tokens = [];
    private readonly Dictionary<string, List<PlacedLeaf>> leaves = [];

    /// <inheritdoc/>
    public bool TryAdd(AuditedItem item)
    {
        if (!items.TryGetValue(item.Partition, out var partition))
        {
            items.Add(item.Partition, partition = new(StringComparer.Ordinal));
        }

        return partition.TryAdd(item.Sort, item);
    }

    /// <inheritdoc/>
    public void AddToken(LogLeaf leaf, string partition, string? madeAt) =>
        tokens.TryAdd(leaf.TokenHash.ToString(), new TableToken(leaf, partition, madeAt ?? ""));

    /// <inheritdoc/>
    public void AddLeaf(LogLeaf leaf, long index)
    {
        var hash = leaf.TokenHash.ToString();
        if (!leaves.TryGetValue(hash, out var places))
        {
            leaves.Add(hash, places = []);
        }

        places.Add(new PlacedLeaf(leaf, index));
    }

    /// <inheritdoc/>
    public void Finish()
    {
        // Everything is in order as it is taken.
    }

    /// <inheritdoc/>
    public IEnumerable<IReadOnlyList<AuditedItem>> Partitions(string prefix) =>
        items
            .Where(partition => partition.Key.StartsWith(prefix, StringComparison.Ordinal))
            .Select(IReadOnlyList<AuditedItem> (partition) => [.. partition.Value.Values]);

    /// <inheritdoc/>
    public IEnumerable<AuditedDocument> Documents()
    {
        var exchanges = Partitions("EXCHANGE#").ToLookup(exchange => "DEPOSIT#" + exchange[0]["documentId"]);
        foreach (var deposit in Partitions("DEPOSIT#"))
        {
            foreach (var part in AuditedDocument.PartsOf(deposit, exchanges[deposit[0].Partition]))
            {
                yield return part;
            }
        }

        foreach (var orphans in exchanges.Where(document => !items.ContainsKey(document.Key)))
        {
            foreach (var part in AuditedDocument.PartsOf([], orphans))
            {
                yield return part;
            }
        }
    }

    /// <inheritdoc/>
    public IEnumerable<TableToken> TokensWithoutLeaf() =>
        tokens
            .Where(token =>
                !leaves.TryGetValue(token.Key, out var places) || !places.Exists(place => place.Leaf.Kind == token.Value.Leaf.Kind)
            )
            .Select(token => token.Value);

    /// <inheritdoc/>
    public IEnumerable<PlacedLeaf> LeavesWithoutToken() =>
        leaves.Where(leaf => !tokens.ContainsKey(leaf.Key)).SelectMany(leaf => leaf.Value);

    /// <inheritdoc/>
    public IEnumerable<(string TokenHash, long Count)> RepeatedLeaves() =>
        leaves.Where(leaf => leaf.Value.Count > 1).Select(leaf => (leaf.Key, (long)leaf.Value.Count));

    /// <inheritdoc/>
    public long? PlaceOf(string tokenHash) => leaves.TryGetValue(tokenHash, out var places) ? places[0].Index : null;

    /// <inheritdoc/>
    public void Dispose()
    {
        // It holds nothing but memory.
    }
}
