using Amazon.DynamoDBv2.Model;
using FairShare.Aws.Table;
using FairShare.Vault.Derivation;
using FairShare.Vault.Items;
using FairShare.Vault.Tokens;

namespace FairShare.Aws.Vault;

/// <summary>
/// Opens and guesses. They add up to what <see cref="VaultItem.Open"/> says, whatever calls there are at once, by conditions of the table
/// alone: a guess is charged before anybody compares it, and the one that was right is given back in the transaction that counts the open.
/// </summary>
/// <param name="table">The vault's table.</param>
public sealed class VaultOpens(ItemTable table)
{
    // Each attempt waits for a third of a second at most.
    private const int Patience = 20;

    // Of a ticket beyond its hour: what a slow connection downloads in a second.
    private const double SlowBytesPerSecond = 1 << 20;
    private static readonly TimeSpan ShortestTicket = TimeSpan.FromHours(1);

    /// <summary>Charges a guess, where there is one left.</summary>
    /// <param name="id">The item.</param>
    /// <param name="now">The time.</param>
    /// <param name="cancellationToken">Stops the call.</param>
    /// <returns>Whether it is charged, and the item as it stands then; null where there is none.</returns>
    public async Task<(bool Charged, VaultRecord? Record)> ChargeGuessAsync(
        VaultItemId id,
        DateTimeOffset now,
        CancellationToken cancellationToken
    )
    {
        while (true)
        {
            foreach (var charge in new[] { ChargeFree(id, now), ChargeLast(id, now) })
            {
                var (changed, found) = await table.TryChangeAsync(charge, cancellationToken);
                if (found is null)
                {
                    return (false, null);
                }

                var record = VaultItems.Read(found);
                if (changed || !MayBeCharged(record, now))
                {
                    return (changed, record);
                }
            }
        }
    }

    /// <summary>Gives a charged guess back, where it was right but opened nothing.</summary>
    /// <exception cref="ContentionException">Opens of the item met this one again and again; the guess stays charged.</exception>
    public async Task GiveBackAsync(VaultItemId id, CancellationToken cancellationToken)
    {
        var change = new TableWrite.Change(
            VaultItemKeys.Item(id),
            "SET guesses = guesses - :one",
            "guesses >= :one",
            new() { [":one"] = VaultItems.Number(1) }
        );
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                await table.TryChangeAsync(change, cancellationToken);
                return;
            }
            catch (ContentionException) when (attempt < Patience)
            {
                // Who was right must not be the reason that others are locked out.
            }
        }
    }

    /// <summary>Counts an open and notes its ticket, on the condition that there is one left, and gives the charged guess back.</summary>
    /// <returns>Until when the ticket is good; null where nothing was left or the ticket is known, and then nothing has changed.</returns>
    /// <exception cref="ContentionException">Other opens met this one all the while; nothing has changed.</exception>
    public async Task<DateTimeOffset?> TryOpenAsync(
        VaultRecord record,
        VaultTicket ticket,
        DateTimeOffset now,
        CancellationToken cancellationToken
    )
    {
        var until = TicketEnd(record, now);
        var opened = await table.TryTransactAsync(
            [
                new TableWrite.Change(
                    VaultItemKeys.Item(record.Id),
                    "SET opens = opens + :one, guesses = guesses - :one",
                    "phase = :stored AND expiresAt > :now AND (attribute_not_exists(maxOpens) OR opens < maxOpens)",
                    new()
                    {
                        [":one"] = VaultItems.Number(1),
                        [":stored"] = VaultItems.Text(ItemPhase.Stored),
                        [":now"] = VaultItems.Text(now),
                    }
                ),
                new TableWrite.Replace(
                    new Item(VaultItemKeys.Ticket(record.Id, ticket))
                        .With("ticketUntil", until)
                        .With(VaultItems.RemoveAt, VaultItems.Seconds(until)),
                    "ticketUntil <= :now",
                    new() { [":now"] = VaultItems.Text(now) }
                ),
            ],
            cancellationToken
        );
        return opened ? until : null;
    }

    /// <summary>Until when a ticket is good; null where it is not known, or over.</summary>
    public async Task<DateTimeOffset?> FindTicketAsync(
        VaultItemId id,
        VaultTicket ticket,
        DateTimeOffset now,
        CancellationToken cancellationToken
    ) =>
        await table.GetAsync(VaultItemKeys.Ticket(id, ticket), cancellationToken) is { } found
        && found.Time("ticketUntil") is var until
        && until > now
            ? until
            : null;

    /// <summary>The body of an item that has it in the table; null where it is erased.</summary>
    public async Task<byte[]?> FindBodyAsync(VaultItemId id, CancellationToken cancellationToken) =>
        (await table.GetAsync(VaultItemKeys.Body(id), cancellationToken))?.OptionalBytes("ciphertext");

    /// <summary>Forgets a ticket; one that is not known is not missed. The table's stream tells of it.</summary>
    public Task CloseAsync(VaultItemId id, VaultTicket ticket, CancellationToken cancellationToken) =>
        table.DeleteAsync(VaultItemKeys.Ticket(id, ticket), cancellationToken);

    private static DateTimeOffset TicketEnd(VaultRecord record, DateTimeOffset now)
    {
        var end = now + ShortestTicket + TimeSpan.FromSeconds(record.Size / SlowBytesPerSecond);
        return end < record.Item.Limits.ExpiresAt ? end : record.Item.Limits.ExpiresAt;
    }

    private static bool MayBeCharged(VaultRecord record, DateTimeOffset now) =>
        record.Item.At(now).Phase != ItemPhase.Pending && (record.Item.Guesses < ItemLimits.FreeGuesses || record.Item.LockedUntil <= now);

    private const string CanBeGuessed = "(phase <> :pending OR expiresAt <= :now)";

    private static TableWrite.Change ChargeFree(VaultItemId id, DateTimeOffset now) =>
        new(
            VaultItemKeys.Item(id),
            "SET guesses = guesses + :one",
            $"{CanBeGuessed} AND guesses < :last",
            new(Values(now)) { [":one"] = VaultItems.Number(1), [":last"] = VaultItems.Number(ItemLimits.FreeGuesses - 1) }
        );

    // The last free one, and each that an hour makes free, starts the hour of the next.
    private static TableWrite.Change ChargeLast(VaultItemId id, DateTimeOffset now) =>
        new(
            VaultItemKeys.Item(id),
            "SET guesses = :all, lockedUntil = :next",
            $"{CanBeGuessed} AND (guesses = :last OR (guesses = :all AND lockedUntil <= :now))",
            new(Values(now))
            {
                [":last"] = VaultItems.Number(ItemLimits.FreeGuesses - 1),
                [":all"] = VaultItems.Number(ItemLimits.FreeGuesses),
                [":next"] = VaultItems.Text(now + ItemLimits.GuessInterval),
            }
        );

    private static Dictionary<string, AttributeValue> Values(DateTimeOffset now) =>
        new() { [":pending"] = VaultItems.Text(ItemPhase.Pending), [":now"] = VaultItems.Text(now) };
}
