using System.Collections.Concurrent;
using System.Text.Json;
using FairShare.Audit.Findings;
using FairShare.Audit.Items;
using FairShare.Core.Encoding;
using FairShare.Core.Identifiers;
using FairShare.Core.Keys;
using FairShare.Exchange.KeyRecords;
using FairShare.Log.Notes;

namespace FairShare.Audit.Judges;

/// <summary>Every key that signed evidence, as the table has it.</summary>
internal sealed class AuditKeys
{
    /// <summary>The partition of the store's own keys.</summary>
    public const string StoreKeys = "STORE#KEYS";

    private static readonly DateTimeOffset Never = new(9999, 12, 31, 23, 59, 59, TimeSpan.Zero);
    private readonly Dictionary<string, PartyKey> all = [];

    private readonly List<PartyKey> ofStore = [];
    private readonly List<string> successions = [];
    private readonly List<NoteKey> ofLog = [];
    private KeyHistory history = KeyHistory.Verify([], []);

    // Each header stands in many tokens; those of a store with more keys than this are read anew.
    private const int MostHeaders = 20_000;

    private readonly ConcurrentDictionary<string, string?> signers = new();

    private IEnumerable<PartyKey> OfStore => all.Values.Where(key => key.Owner.IsStore);

    /// <summary>The key of that id; null where the table has none, or it is not believed.</summary>
    public PartyKey? Find(string id) => all.GetValueOrDefault(id);

    /// <summary>The keys that tokens name, whoever has them: a verifier finds out whether it is the right one.</summary>
    public IEnumerable<PartyKey> Of(params IEnumerable<string?> tokens) =>
        tokens
            .OfType<string>()
            .Select(token => SignerOf(token.Split('.', 2)[0]))
            .OfType<string>()
            .Distinct()
            .Select(id => all.GetValueOrDefault(id))
            .OfType<PartyKey>();

    // The number of headers is asked for only where one is new: counting them takes every lock.
    private string? SignerOf(string header) =>
        signers.TryGetValue(header, out var known) ? known
        : KeyIdOf(header) is var id && signers.Count < MostHeaders ? signers.GetOrAdd(header, id)
        : id;

    /// <summary>The header's <c>kid</c> alone: the rest is read when the token is verified.</summary>
    private static string? KeyIdOf(string encoded)
    {
        try
        {
            if (!Base64UrlText.TryDecode(encoded, out var header))
            {
                return null;
            }

            using var document = JsonDocument.Parse(header);
            return document.RootElement.GetProperty("kid").GetString();
        }
        catch (Exception fault) when (fault is JsonException or KeyNotFoundException or InvalidOperationException)
        {
            return null;
        }
    }

    /// <summary>
    /// Believes those of the store's keys that are anchored, or to which its own successions lead from one that is; after all items were
    /// taken.
    /// </summary>
    /// <returns>Findings about its other keys, and about successions that do not hold.</returns>
    public IEnumerable<AuditFinding> BelieveStore(IReadOnlySet<string> anchors)
    {
        history = KeyHistory.Verify(successions, ofStore);
        foreach (var check in history.Checks.Where(check => !check.Passed))
        {
            yield return new AuditFinding($"evidence:{check.Name}", StoreKeys, check.Detail);
        }

        var believed = history.Reach(anchors.Select(KeyId.Parse));
        foreach (var key in history.Keys)
        {
            if (believed.Contains(key.KeyId))
            {
                all[key.KeyId.ToString()] = key;
            }
            else
            {
                yield return new AuditFinding("unknown-store-key", StoreKeys, $"Nobody vouches for the store's key {key.KeyId}.");
            }
        }
    }

    /// <summary>
    /// The keys with which the log may sign: the one that is known, and those that the believed seals say belong with it.
    /// </summary>
    public IReadOnlyList<NoteKey> LogKeys(NoteKey known)
    {
        var believed = history.Reach(StoreKeyUse.Log, known.Thumbprint, OfStore.Select(seal => seal.KeyId));
        return [.. ofLog.Where(key => believed.Contains(key.Thumbprint)).Prepend(known)];
    }

    /// <summary>Takes the keys of an item, if it is one, and what the store stated of its own.</summary>
    /// <returns>A finding, if the item is a key that cannot be.</returns>
    public AuditFinding? Add(AuditedItem item, PartyId store)
    {
        if (item["verifierKey"] is { } verifier)
        {
            ofLog.Add(NoteKey.Parse(verifier));
        }

        successions.AddRange(new[] { item["succession"], item["acceptance"] }.OfType<string>());
        if (item["jwk"] is not { } jwk || !item.Sort.StartsWith("KEY#", StringComparison.Ordinal))
        {
            return null;
        }

        var key = PublicKey.FromJwk(jwk);
        if (item.Sort != "KEY#" + key.Thumbprint)
        {
            return new AuditFinding("key-swapped", item.Partition, $"The item {item.Sort} holds another key, {key.Thumbprint}.");
        }

        if (item.Partition.StartsWith("PARTY#", StringComparison.Ordinal))
        {
            return Add(Read(item, key), item);
        }

        ofStore.Add(new PartyKey(store, key.Thumbprint, key, KeyHolder.Kms, DateTimeOffset.UnixEpoch, Never));
        return null;
    }

    private static PartyKey Read(AuditedItem item, PublicKey key) =>
        new(
            PartyId.Parse(item.Id),
            key.Thumbprint,
            key,
            KeyHolders.Parse(item["holder"] ?? ""),
            Timestamp.Parse(item["notBefore"] ?? ""),
            Timestamp.Parse(item["notAfter"] ?? ""),
            item["retiredAt"] is { } retired ? Timestamp.Parse(retired) : null
        );

    private AuditFinding? Add(PartyKey key, AuditedItem item) =>
        all.TryAdd(key.KeyId.ToString(), key)
            ? null
            : new AuditFinding("key-two-owners", item.Partition, $"The key {key.KeyId} is another party's already.");
}
