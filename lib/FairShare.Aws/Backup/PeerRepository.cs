using System.Globalization;
using Amazon.DynamoDBv2.Model;
using FairShare.Aws.Table;
using FairShare.Backup.Records;
using FairShare.Core.Identifiers;

namespace FairShare.Aws.Backup;

/// <summary>What a peer keeps, in its table.</summary>
/// <param name="table">The peer's table.</param>
public sealed class PeerRepository(ItemTable table)
{
    /// <summary>Reads what is kept of a backup; null where there is nothing.</summary>
    public async Task<KeptBackup?> FindAsync(BackupId id, CancellationToken cancellationToken) =>
        await table.GetAsync(PeerItemKeys.Backup(id), cancellationToken) is { } found ? KeptItems.Read(found) : null;

    /// <summary>Writes what is kept of a backup in place of what was read, with the room that it takes.</summary>
    /// <param name="read">What was read; null where there was nothing.</param>
    /// <param name="next">What is kept from now on.</param>
    /// <param name="room">The octets that the peer has room for.</param>
    /// <param name="cancellationToken">Stops the call.</param>
    /// <returns>False where somebody has written since, or there is no room; then nothing has changed.</returns>
    /// <exception cref="ContentionException">Other calls met this one all the while; a repeat may succeed.</exception>
    public Task<bool> TryPutAsync(KeptBackup? read, KeptBackup next, long room, CancellationToken cancellationToken)
    {
        var item = KeptItems.Write(next with { Revision = (read?.Revision ?? 0) + 1 });
        TableWrite write = read is null
            ? new TableWrite.Create(item)
            : new TableWrite.Replace(item, "revision = :revision", new() { [":revision"] = Number(read.Revision) });
        var change = next.Room - (read?.Room ?? 0);
        if (change > room)
        {
            return Task.FromResult(false);
        }

        return table.TryTransactAsync(change == 0 ? [write] : [write, Take(change, room)], cancellationToken);
    }

    /// <summary>Notes that an order is followed.</summary>
    /// <returns>False where it was before; then it is not followed again.</returns>
    public Task<bool> TryUseNonceAsync(BackupId id, Nonce nonce, DateTimeOffset due, CancellationToken cancellationToken) =>
        table.TryCreateAsync(new Item(PeerItemKeys.Nonce(id, nonce)).With("removeAt", due.ToUnixTimeSeconds() + 1), cancellationToken);

    /// <summary>The octets that are taken.</summary>
    public async Task<long> UsedAsync(CancellationToken cancellationToken) =>
        (await table.GetAsync(PeerItemKeys.Room, cancellationToken))?.OptionalNumber("used") ?? 0;

    /// <summary>The peer's agreement key, wrapped, with its public half; null before there is one.</summary>
    public async Task<(byte[] Wrapped, byte[] PublicKey)?> FindAgreementAsync(CancellationToken cancellationToken) =>
        await table.GetAsync(PeerItemKeys.Agreement, cancellationToken) is { } item
            ? (item.OptionalBytes("wrapped") ?? [], item.OptionalBytes("public") ?? [])
            : null;

    /// <summary>Keeps the peer's agreement key; false where there is one already.</summary>
    public Task<bool> TryKeepAgreementAsync(byte[] wrapped, byte[] publicKey, CancellationToken cancellationToken) =>
        table.TryCreateAsync(new Item(PeerItemKeys.Agreement).With("wrapped", wrapped).With("public", publicKey), cancellationToken);

    /// <summary>The roster of the peer's group that stands; null before there is one.</summary>
    public async Task<string?> FindRosterAsync(CancellationToken cancellationToken) =>
        (await table.GetAsync(PeerItemKeys.Roster, cancellationToken))?.OptionalText("roster");

    /// <summary>Keeps a roster in place of the one that was read.</summary>
    /// <param name="read">The one that was read; null where there was none.</param>
    /// <param name="next">The one that stands from now on.</param>
    /// <param name="cancellationToken">Stops the call.</param>
    /// <returns>False where another was kept since; then nothing has changed.</returns>
    public Task<bool> TryPutRosterAsync(string? read, string next, CancellationToken cancellationToken)
    {
        var item = new Item(PeerItemKeys.Roster).With("roster", next);
        TableWrite write = read is null
            ? new TableWrite.Create(item)
            : new TableWrite.Replace(item, "roster = :read", new() { [":read"] = new AttributeValue(read) });
        return table.TryTransactAsync([write], cancellationToken);
    }

    private static TableWrite.Change Take(long change, long room) =>
        new(
            PeerItemKeys.Room,
            "ADD used :change",
            change < 0 ? "attribute_exists(pk)" : "attribute_not_exists(pk) OR used <= :most",
            change < 0 ? new() { [":change"] = Number(change) } : new() { [":change"] = Number(change), [":most"] = Number(room - change) }
        );

    private static AttributeValue Number(long value) => new() { N = value.ToString(CultureInfo.InvariantCulture) };
}
