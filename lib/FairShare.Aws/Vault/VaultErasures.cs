using Amazon.DynamoDBv2.Model;
using FairShare.Aws.Table;
using FairShare.Vault.Derivation;
using FairShare.Vault.Items;

namespace FairShare.Aws.Vault;

/// <summary>
/// How items end: what remains is a tombstone, which TTL removes after 30 days, and which says to nobody but who has the right auth that
/// something was there. The room of the item is given back and its body erased in the same transaction.
/// </summary>
/// <param name="table">The vault's table.</param>
public sealed class VaultErasures(ItemTable table)
{
    private const string Erased = "party, createdAt, expiresAt, maxOpens, opens, objectSize, digestMethod, digestValue, partSize";

    /// <summary>Ends an item that has not ended.</summary>
    /// <param name="record">The item as it was read.</param>
    /// <param name="reason">Why.</param>
    /// <param name="now">The time.</param>
    /// <param name="cancellationToken">Stops the call.</param>
    /// <returns>False where it has changed meanwhile; then nothing is done.</returns>
    /// <exception cref="ContentionException">Other writes met this one all the while; nothing has changed.</exception>
    public Task<bool> TryEndAsync(VaultRecord record, ItemPhase reason, DateTimeOffset now, CancellationToken cancellationToken) =>
        table.TryTransactAsync(Ending(record, reason, now), cancellationToken);

    /// <summary>The same with the item's timer, of whose removal the table's stream tells, so that the object is erased at once.</summary>
    public Task<bool> TryEndNowAsync(VaultRecord record, ItemPhase reason, DateTimeOffset now, CancellationToken cancellationToken) =>
        table.TryTransactAsync([.. Ending(record, reason, now), new TableWrite.Remove(VaultItemKeys.Timer(record.Id))], cancellationToken);

    /// <summary>Whether any ticket of an item is good.</summary>
    public async Task<bool> HasTicketsAsync(VaultItemId id, DateTimeOffset now, CancellationToken cancellationToken) =>
        (await table.QueryAsync(VaultItemKeys.PartitionOf(id), EndingKeys.TicketPrefix, cancellationToken)).Any(ticket =>
            ticket.Time("ticketUntil") > now
        );

    /// <summary>Has the table's stream tell of an item again.</summary>
    public Task RemindAsync(VaultItemId id, DateTimeOffset at, CancellationToken cancellationToken) =>
        table.PutAsync(VaultItems.Timer(id, at), cancellationToken);

    private static IEnumerable<TableWrite> Ending(VaultRecord record, ItemPhase reason, DateTimeOffset now)
    {
        yield return new TableWrite.Change(
            VaultItemKeys.Item(record.Id),
            $"SET phase = :reason, {VaultItems.RemoveAt} = :removeAt REMOVE {Erased}",
            "phase = :phase AND objectSize = :size AND expiresAt = :expiresAt"
                + (record.Item.Limits.MaxOpens is null ? "" : " AND maxOpens = :most"),
            Values(record, reason, now)
        );
        foreach (var write in VaultQuotas.Release(record.Party, record.Size, 1))
        {
            yield return write;
        }

        if (record.IsInline)
        {
            yield return new TableWrite.Remove(VaultItemKeys.Body(record.Id));
        }
    }

    private static Dictionary<string, AttributeValue> Values(VaultRecord record, ItemPhase reason, DateTimeOffset now)
    {
        var values = new Dictionary<string, AttributeValue>
        {
            [":reason"] = VaultItems.Text(reason),
            [":removeAt"] = VaultItems.Number(VaultItems.Seconds(now + ItemLimits.TombstoneLife)),
            [":phase"] = VaultItems.Text(record.Item.Phase),
            [":size"] = VaultItems.Number(record.Size),
            [":expiresAt"] = VaultItems.Text(record.Item.Limits.ExpiresAt),
        };
        if (record.Item.Limits.MaxOpens is { } most)
        {
            values[":most"] = VaultItems.Number(most);
        }

        return values;
    }
}
