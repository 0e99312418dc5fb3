using System.Collections.Concurrent;
using FairShare.Aws.Table;
using FairShare.Core.Identifiers;
using FairShare.Core.Keys;

namespace FairShare.Aws.Signing;

/// <summary>
/// Every key that the store ever sealed with, in the evidence table: recorded before the first token is sealed with it, never changed, and
/// never removed, so that evidence stays verifiable when another key has taken its place.
/// </summary>
/// <param name="table">The table.</param>
/// <param name="store">The store's distinguishing identifier.</param>
public sealed class StoreKeys(ItemTable table, PartyId store)
{
    // Seals of a recorded key do not expire: evidence is verified years later.
    private static readonly DateTimeOffset Always = DateTimeOffset.UnixEpoch;
    private static readonly DateTimeOffset Never = new(9999, 12, 31, 23, 59, 59, TimeSpan.Zero);

    // A recorded key never changes.
    private readonly ConcurrentDictionary<KeyId, PartyKey> found = [];

    /// <summary>Lists all keys, the newest first.</summary>
    public async Task<IReadOnlyList<PartyKey>> ListAsync(CancellationToken cancellationToken) =>
        (await ReadHistoryAsync(cancellationToken)).Keys;

    /// <summary>Lists all keys, the newest first, and what the store stated of them when one followed another.</summary>
    public async Task<(IReadOnlyList<PartyKey> Keys, IReadOnlyList<string> Successions)> ReadHistoryAsync(
        CancellationToken cancellationToken
    )
    {
        var items = (await table.QueryAsync(StoreItemKeys.StorePartition, "KEY#", cancellationToken)).ToLookup(item =>
            item.OptionalText("jwk") is not null
        );
        return (
            [.. items[true].OrderByDescending(item => item.Time("recordedAt")).Select(Read)],
            [.. items[false].SelectMany(StoreSuccessions.RecordsOf)]
        );
    }

    /// <summary>Finds one key.</summary>
    /// <returns>The key, or null when the store never sealed with it.</returns>
    public async Task<PartyKey?> FindAsync(KeyId key, CancellationToken cancellationToken) =>
        found.TryGetValue(key, out var known) ? known
        : await table.GetAsync(StoreItemKeys.StoreKey(key), cancellationToken) is { } item ? found.GetOrAdd(key, Read(item))
        : null;

    /// <summary>Records a key; a repeat keeps the first record.</summary>
    public Task RecordAsync(PublicKey key, DateTimeOffset at, CancellationToken cancellationToken) =>
        table.TryCreateAsync(
            new Item(StoreItemKeys.StoreKey(key.Thumbprint)).With("jwk", key.ToJwk()).With("recordedAt", at),
            cancellationToken
        );

    /// <summary>The key as verifiers know it.</summary>
    internal static PartyKey Of(PartyId store, PublicKey key) => new(store, key.Thumbprint, key, KeyHolder.Kms, Always, Never);

    private PartyKey Read(Item item) => Of(store, PublicKey.FromJwk(item.Text("jwk")));
}
