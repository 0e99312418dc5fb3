using FairShare.Core.Errors;
using FairShare.Core.Identifiers;
using FairShare.Core.Keys;
using FairShare.Exchange.Evidence;

namespace FairShare.Exchange.KeyRecords;

/// <summary>
/// The store's keys one after the other, as the successions show it that came with evidence. What a succession says of the time in which a
/// seal may be used counts as soon as it verifies as both seals signed it; whether a key is believed depends on where the reader starts.
/// </summary>
public sealed class KeyHistory
{
    // The function that seals and the one that records the key need not have the same clock.
    private static readonly TimeSpan ClockSkew = TimeSpan.FromMinutes(5);

    private readonly List<EvidenceCheck> checks = [];
    private IReadOnlyList<KeyRecordToken> believed = [];
    private SuccessionGraph graph = new([]);

    private KeyHistory(IReadOnlyList<PartyKey> keys) => Keys = keys;

    /// <summary>The checks of each succession: form, key, signature, statement, order.</summary>
    public IReadOnlyList<EvidenceCheck> Checks => checks;

    /// <summary>The keys that came, a seal that has a predecessor or a successor with the time in which it may be used.</summary>
    public IReadOnlyList<PartyKey> Keys { get; private set; }

    /// <summary>Whether nothing is told of the store's keys.</summary>
    public bool IsEmpty => believed.Count == 0;

    /// <summary>Verifies successions.</summary>
    /// <param name="records">The successions, in any order.</param>
    /// <param name="keys">All keys that came with the evidence.</param>
    public static KeyHistory Verify(IEnumerable<string> records, IReadOnlyList<PartyKey> keys)
    {
        var history = new KeyHistory(keys);
        var known = ById(keys);
        history.Believe(records.Select(text => KeyRecordChecks.OfSuccession(text, known, history.checks)).OfType<KeyRecordToken>());
        history.Keys = [.. keys.Select(history.Bound)];
        history.CheckOrder(ById(history.Keys));
        return history;
    }

    private void Believe(IEnumerable<KeyRecordToken> tokens)
    {
        believed = [.. tokens];
        graph = new SuccessionGraph(believed);
    }

    private static Dictionary<KeyId, PartyKey> ById(IEnumerable<PartyKey> keys) =>
        keys.DistinctBy(key => key.KeyId).ToDictionary(key => key.KeyId);

    /// <summary>The keys that successions speak of, and those that signed them; what is malformed has none.</summary>
    public static IEnumerable<KeyId> KeysOf(IEnumerable<string> records) =>
        records
            .Select(Find)
            .OfType<KeyRecordToken>()
            .SelectMany(token => new[] { token.Signer, ((KeySuccession)token.Record).Prior, token.Record.Key })
            .Distinct();

    private static KeyRecordToken? Find(string text)
    {
        try
        {
            return KeyRecordToken.Parse(text) is { Record: KeySuccession } token ? token : null;
        }
        catch (TokenException)
        {
            return null;
        }
    }

    /// <summary>Whether the history leads from one seal to another, towards the newer or the older.</summary>
    /// <param name="from">The seal that is known.</param>
    /// <param name="to">The seal that is asked about.</param>
    public bool Leads(KeyId from, KeyId to) => Reach([from]).Contains(to);

    /// <summary>The seals that are known, and those to which the history leads from them.</summary>
    public IReadOnlySet<KeyId> Reach(IEnumerable<KeyId> known) => graph.ReachSeals(known);

    /// <summary>Whether the history leads from one key of the log, or of the stamps, to another.</summary>
    /// <param name="use">What the keys are for.</param>
    /// <param name="from">The thumbprint of the key that is known.</param>
    /// <param name="to">The thumbprint of the key that is asked about.</param>
    /// <param name="seals">The seals that are known: only what they, or seals to which the history leads from them, say counts.</param>
    public bool Leads(StoreKeyUse use, KeyId from, KeyId to, IEnumerable<KeyId> seals) => Reach(use, from, seals).Contains(to);

    /// <summary>A key of the log, or of the stamps, that is known, and those to which the history leads from it.</summary>
    /// <param name="use">What the keys are for.</param>
    /// <param name="known">The thumbprint of the key that is known.</param>
    /// <param name="seals">The seals that are known.</param>
    public IReadOnlySet<KeyId> Reach(StoreKeyUse use, KeyId known, IEnumerable<KeyId> seals) => graph.Reach(use, known, Reach(seals));

    private PartyKey Bound(PartyKey key)
    {
        // Without the former seal's own word nothing would say when its time ends, and whoever stole it later would leave that word out.
        var own = graph.SealsBy(key.KeyId).Where(token => token.Record.Store == key.Owner && graph.HasTwin(token)).ToList();
        var since = own.Where(token => token.Record.Key == key.KeyId).Select(token => (DateTimeOffset?)token.Record.Gen).Max();
        var until = own.Select(token => (KeySuccession)token.Record)
            .Where(record => record.Prior == key.KeyId)
            .Select(record => (DateTimeOffset?)record.Ends)
            .Min();
        return key with { NotBefore = since is { } first ? Earlier(first) : key.NotBefore, RetiredAt = until ?? key.RetiredAt };
    }

    // Whoever forges a succession may state a time from which the skew would lead out of the calendar.
    private static DateTimeOffset Earlier(DateTimeOffset time) =>
        time - DateTimeOffset.MinValue < ClockSkew ? DateTimeOffset.MinValue : time - ClockSkew;

    // Each succession is signed by a seal in its time, and no key has two successors, or two predecessors.
    private void CheckOrder(IReadOnlyDictionary<KeyId, PartyKey> bounded)
    {
        var outOfOrder = new HashSet<KeyRecord>();
        foreach (var token in believed)
        {
            var fault = FindFault(token, (KeySuccession)token.Record, bounded);
            checks.Add(new EvidenceCheck("succession.order", fault is null, fault ?? $"from {Timestamp.Format(token.Record.Gen)} on"));
            if (fault is not null)
            {
                outOfOrder.Add(token.Record);
            }
        }

        if (outOfOrder.Count > 0)
        {
            Believe(believed.Where(token => !outOfOrder.Contains(token.Record)));
        }
    }

    private string? FindFault(KeyRecordToken token, KeySuccession record, IReadOnlyDictionary<KeyId, PartyKey> bounded)
    {
        var isOfSeal = record.Use == StoreKeyUse.Seal;
        return graph.IsForked(record) ? "a key has two successors, or two predecessors"
            : isOfSeal && !graph.HasTwin(token) ? "only one of the two seals signed it"
            : !bounded[token.Signer].IsValidAt(record.Gen, ClockSkew) ? "key-not-valid: it was signed out of its key's time"
            // Or whoever stole the new key later would invent a former one whose time goes on.
            : isOfSeal && !bounded[record.Key].IsValidAt(record.Ends, ClockSkew) ? "key-not-valid: the former key outlasts the new one"
            : null;
    }
}
