using FairShare.Core.Identifiers;

namespace FairShare.Exchange.KeyRecords;

/// <summary>
/// Successions as a graph of keys, so that what is asked of each of them takes no longer where there are many: who signed the same, what
/// follows what, and where steps lead.
/// </summary>
/// <param name="tokens">The successions.</param>
internal sealed class SuccessionGraph(IReadOnlyList<KeyRecordToken> tokens)
{
    private readonly Dictionary<KeyRecord, HashSet<KeyId>> signers = Group(tokens, token => token.Record, token => token.Signer);

    private readonly Dictionary<(StoreKeyUse, KeyId), HashSet<KeyId>> successors = Group(
        tokens,
        token => (Read(token).Use, Read(token).Prior),
        token => token.Record.Key
    );

    private readonly Dictionary<(StoreKeyUse, KeyId), HashSet<KeyId>> predecessors = Group(
        tokens,
        token => (Read(token).Use, token.Record.Key),
        token => Read(token).Prior
    );

    private readonly ILookup<KeyId, KeyRecordToken> seals = tokens
        .Where(token => Read(token).Use == StoreKeyUse.Seal)
        .ToLookup(token => token.Signer);

    /// <summary>The successions of seals that a key signed.</summary>
    public IEnumerable<KeyRecordToken> SealsBy(KeyId signer) => seals[signer];

    /// <summary>Whether another key signed the same.</summary>
    public bool HasTwin(KeyRecordToken token) => signers[token.Record].Count > 1;

    /// <summary>Whether its former key has another successor, or its new one another predecessor.</summary>
    public bool IsForked(KeySuccession record) =>
        successors[(record.Use, record.Prior)].Count > 1 || predecessors[(record.Use, record.Key)].Count > 1;

    /// <summary>The seals to which steps lead from some: whoever signs a succession of seals speaks for the other of the two.</summary>
    public HashSet<KeyId> ReachSeals(IEnumerable<KeyId> from) =>
        Reach(from, key => seals[key].Select(token => Read(token)).Select(record => record.Prior == key ? record.Key : record.Prior));

    /// <summary>The keys of another use to which steps lead from one, in either direction, by what some seals say.</summary>
    public HashSet<KeyId> Reach(StoreKeyUse use, KeyId from, IReadOnlySet<KeyId> bySeals)
    {
        var steps = tokens
            .Where(token => Read(token).Use == use && bySeals.Contains(token.Signer))
            .SelectMany(token => Both(Read(token)))
            .ToLookup(step => step.From, step => step.To);
        return Reach([from], key => steps[key]);
    }

    private static HashSet<KeyId> Reach(IEnumerable<KeyId> from, Func<KeyId, IEnumerable<KeyId>> next)
    {
        HashSet<KeyId> reached = [.. from];
        var waiting = new Queue<KeyId>(reached);
        while (waiting.TryDequeue(out var key))
        {
            foreach (var found in next(key).Where(reached.Add))
            {
                waiting.Enqueue(found);
            }
        }

        return reached;
    }

    private static IEnumerable<(KeyId From, KeyId To)> Both(KeySuccession record) =>
        [(record.Prior, record.Key), (record.Key, record.Prior)];

    private static KeySuccession Read(KeyRecordToken token) => (KeySuccession)token.Record;

    private static Dictionary<TKey, HashSet<KeyId>> Group<TKey>(
        IEnumerable<KeyRecordToken> tokens,
        Func<KeyRecordToken, TKey> by,
        Func<KeyRecordToken, KeyId> value
    )
        where TKey : notnull => tokens.GroupBy(by, value).ToDictionary(group => group.Key, group => group.ToHashSet());
}
