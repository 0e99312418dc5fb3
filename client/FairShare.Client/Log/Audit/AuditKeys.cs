using FairShare.Core.Identifiers;
using FairShare.Core.Keys;

namespace FairShare.Client.Log.Audit;

/// <summary>Every key that signed evidence, as the table has it.</summary>
internal sealed class AuditKeys
{
    private static readonly DateTimeOffset Never = new(9999, 12, 31, 23, 59, 59, TimeSpan.Zero);
    private readonly Dictionary<(PartyId, KeyId), PartyKey> all = [];

    /// <summary>The keys of a party.</summary>
    public IEnumerable<PartyKey> Of(params IEnumerable<(PartyId Party, KeyId Key)> wanted) =>
        wanted.Distinct().Select(key => all.GetValueOrDefault(key)).OfType<PartyKey>();

    /// <summary>Takes the keys of an item, if it is one; the store's only if they are anchored.</summary>
    /// <returns>A finding, if the item is a key that cannot be.</returns>
    public AuditFinding? Add(AuditedItem item, PartyId store, IReadOnlySet<string> anchors)
    {
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
            Add(Read(item, key));
            return null;
        }

        if (!anchors.Contains(key.Thumbprint.ToString()))
        {
            return new AuditFinding("unknown-store-key", item.Partition, $"Nobody vouches for the store's key {key.Thumbprint}.");
        }

        Add(new PartyKey(store, key.Thumbprint, key, KeyHolder.Kms, DateTimeOffset.UnixEpoch, Never));
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

    private void Add(PartyKey key) => all[(key.Owner, key.KeyId)] = key;
}
