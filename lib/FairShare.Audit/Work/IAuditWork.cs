using FairShare.Audit.Items;
using FairShare.Log.Leaves;

namespace FairShare.Audit.Work;

/// <summary>Where an audit keeps table and log side by side: taken first, asked after <see cref="Finish"/>.</summary>
public interface IAuditWork : IDisposable
{
    /// <summary>Takes an item; false where one of its keys is there already.</summary>
    bool TryAdd(AuditedItem item);

    /// <summary>Takes a token of the table; a token that stands in two items is one.</summary>
    /// <param name="leaf">Its leaf.</param>
    /// <param name="partition">Where in the table it stands.</param>
    /// <param name="madeAt">When its item says to have been made; null where it says nothing.</param>
    void AddToken(LogLeaf leaf, string partition, string? madeAt);

    /// <summary>Takes a leaf of the log.</summary>
    void AddLeaf(LogLeaf leaf, long index);

    /// <summary>Makes ready for the questions, after everything was taken.</summary>
    void Finish();

    /// <summary>The items of one partition after the other, of those that begin so, in the order of keys.</summary>
    IEnumerable<IReadOnlyList<AuditedItem>> Partitions(string prefix);

    /// <summary>
    /// Every document with its exchanges, those of a document without a deposit too; of a document with many exchanges a part at a time.
    /// </summary>
    IEnumerable<AuditedDocument> Documents();

    /// <summary>Tokens of the table that no leaf of the same kind has.</summary>
    IEnumerable<TableToken> TokensWithoutLeaf();

    /// <summary>Leaves whose token the table lacks.</summary>
    IEnumerable<PlacedLeaf> LeavesWithoutToken();

    /// <summary>Hashes that stand in more than one leaf, and how many.</summary>
    IEnumerable<(string TokenHash, long Count)> RepeatedLeaves();

    /// <summary>The place of a token's leaf, by the token's hash; null for none.</summary>
    long? PlaceOf(string tokenHash);
}

/// <summary>A token of the table.</summary>
/// <param name="Leaf">What the log must have of it.</param>
/// <param name="Partition">Where it stands.</param>
/// <param name="MadeAt">When its item says to have been made; empty where it says nothing.</param>
public sealed record TableToken(LogLeaf Leaf, string Partition, string MadeAt);

/// <summary>A leaf with its index in the log, from 0.</summary>
public sealed record PlacedLeaf(LogLeaf Leaf, long Index);
