using System.Collections.Concurrent;
using System.Text.Json;
using FairShare.Core.Encoding;
using FairShare.Core.Identifiers;
using FairShare.Core.Keys;

namespace FairShare.Client.Log.Audit;

/// <summary>Every key that signed evidence, as the table has it.</summary>
internal sealed class AuditKeys
{
    private static readonly DateTimeOffset Never = new(9999, 12, 31, 23, 59, 59, TimeSpan.Zero);
    private readonly Dictionary<string, PartyKey> all = [];

    // There are as many headers as keys and kinds of token, and each stands in many tokens.
    private readonly ConcurrentDictionary<string, string?> signers = new();

    /// <summary>The store's keys that are believed.</summary>
    public IEnumerable<PartyKey> OfStore => all.Values.Where(key => key.Owner.IsStore);

    /// <summary>The key of that id; null where the table has none, or it is not believed.</summary>
    public PartyKey? Find(string id) => all.GetValueOrDefault(id);

    /// <summary>The keys that tokens name, whoever has them: a verifier finds out whether it is the right one.</summary>
    public IEnumerable<PartyKey> Of(params IEnumerable<string?> tokens) =>
        tokens
            .OfType<string>()
            .Select(token => signers.GetOrAdd(token.Split('.', 2)[0], KeyIdOf))
            .OfType<string>()
            .Distinct()
            .Select(id => all.GetValueOrDefault(id))
            .OfType<PartyKey>();

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
            return Add(Read(item, key), item);
        }

        if (!anchors.Contains(key.Thumbprint.ToString()))
        {
            return new AuditFinding("unknown-store-key", item.Partition, $"Nobody vouches for the store's key {key.Thumbprint}.");
        }

        return Add(new PartyKey(store, key.Thumbprint, key, KeyHolder.Kms, DateTimeOffset.UnixEpoch, Never), item);
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
