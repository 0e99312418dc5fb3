using System.Text.Json.Nodes;
using FairShare.Core.Identifiers;
using FairShare.Core.Keys;
using TemplateHost.Hosting;

namespace FairShare.Simulation.Judging;

/// <summary>The evidence table as its changes make it: every item that is there, without reading the table.</summary>
internal sealed class TableMirror
{
    // Seals do not expire: docs/evidence-table.md, STORE#KEYS.
    private static readonly DateTimeOffset Always = DateTimeOffset.UnixEpoch;
    private static readonly DateTimeOffset Never = new(9999, 12, 31, 23, 59, 59, TimeSpan.Zero);

    private readonly Dictionary<string, SortedDictionary<string, JsonObject>> partitions = [];

    /// <summary>Takes over a change.</summary>
    /// <returns>The item as it was before; null when there was none.</returns>
    public JsonObject? Apply(ItemChange change)
    {
        var (partition, sort) = (Text(change.Keys, "pk")!, Text(change.Keys, "sk")!);
        var items = partitions.TryGetValue(partition, out var known) ? known : partitions[partition] = new(StringComparer.Ordinal);
        var before = items.GetValueOrDefault(sort);
        if (change.IsRemoval)
        {
            items.Remove(sort);
        }
        else
        {
            items[sort] = change.Image!;
        }

        return before;
    }

    public JsonObject? Find(string partition, string sort) => partitions.GetValueOrDefault(partition)?.GetValueOrDefault(sort);

    /// <summary>Every item that is there.</summary>
    public IEnumerable<JsonObject> Items => partitions.Values.SelectMany(items => items.Values);

    public IEnumerable<JsonObject> All(string partition) =>
        partitions.GetValueOrDefault(partition)?.Values ?? Enumerable.Empty<JsonObject>();

    /// <summary>The keys of parties and of the store, as a verifier would be given them.</summary>
    public IReadOnlyList<PartyKey> Keys(PartyId store, params IEnumerable<string> parties) =>
        [
            .. parties.SelectMany(party =>
                All($"PARTY#{party}").Where(item => Text(item, "jwk") is not null).Select(item => Read(party, item))
            ),
            .. All("STORE#KEYS").Where(item => Text(item, "jwk") is not null).Select(item => ReadSeal(store, item)),
        ];

    /// <summary>A text attribute of an item in DynamoDB's JSON; null when it has none, or an empty one.</summary>
    public static string? Text(JsonObject? item, string name) =>
        item?[name]?["S"]?.GetValue<string>() is { Length: > 0 } text ? text : null;

    private static PartyKey Read(string party, JsonObject item)
    {
        var key = PublicKey.FromJwk(Text(item, "jwk")!);
        return new PartyKey(
            PartyId.Parse(party),
            key.Thumbprint,
            key,
            KeyHolders.Parse(Text(item, "holder")!),
            Timestamp.Parse(Text(item, "notBefore")!),
            Timestamp.Parse(Text(item, "notAfter")!),
            Text(item, "retiredAt") is { } retired ? Timestamp.Parse(retired) : null
        );
    }

    private static PartyKey ReadSeal(PartyId store, JsonObject item)
    {
        var key = PublicKey.FromJwk(Text(item, "jwk")!);
        return new PartyKey(store, key.Thumbprint, key, KeyHolder.Kms, Always, Never);
    }
}
