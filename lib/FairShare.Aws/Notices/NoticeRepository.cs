using FairShare.Aws.Table;
using FairShare.Core.Identifiers;

namespace FairShare.Aws.Notices;

/// <summary>Parties' notices, in the table of webhooks.</summary>
/// <param name="table">The table.</param>
public sealed class NoticeRepository(ItemTable table)
{
    /// <summary>Finds a party's.</summary>
    /// <returns>Null where the party has none.</returns>
    public async Task<NoticeSetting?> FindAsync(PartyId party, CancellationToken cancellationToken) =>
        await table.GetAsync(NoticeItems.Setting(party), cancellationToken) is { } item ? NoticeItems.ReadSetting(item) : null;

    /// <summary>Finds what a party was mailed a code for last.</summary>
    /// <returns>Null where there is none, or it was long ago.</returns>
    public async Task<PendingNotices?> FindPendingAsync(PartyId party, CancellationToken cancellationToken) =>
        await table.GetAsync(NoticeItems.Pending(party), cancellationToken) is { } item ? NoticeItems.ReadPending(item) : null;

    /// <summary>Changes what a party's notices are about.</summary>
    /// <returns>False when they have ended, or go elsewhere meanwhile; then nothing has changed.</returns>
    public Task<bool> TryReplaceAsync(NoticeSetting setting, CancellationToken cancellationToken) =>
        table.TryPutAsync(NoticeItems.Write(setting), NoticeItems.SameToken, NoticeItems.TokenOf(setting), cancellationToken);

    /// <summary>The codes of an address's mailbox with another one, that is mailed now.</summary>
    public async Task<MailboxCodes> CountCodeAsync(EmailAddress address, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var mailbox = MailboxCodes.NameOf(address);
        var standing = await table.GetAsync(MailboxCodes.KeyOf(mailbox), cancellationToken);
        return MailboxCodes.With(mailbox, standing is null ? [] : NoticeItems.ReadCodes(standing), now);
    }

    /// <summary>Notes a code, for a party and for the mailbox.</summary>
    /// <param name="pending">What the code is for.</param>
    /// <param name="standing">What was read; null for nothing.</param>
    /// <param name="codes">The mailbox's codes, this one included.</param>
    /// <param name="cancellationToken">Stops the call.</param>
    /// <returns>False when something else stands; then nothing has changed.</returns>
    public Task<bool> TryAskAsync(
        PendingNotices pending,
        PendingNotices? standing,
        MailboxCodes codes,
        CancellationToken cancellationToken
    ) => table.TryTransactAsync([NoticeItems.Put(pending, standing), NoticeItems.Count(codes)], cancellationToken);

    /// <summary>Puts a confirmed address in the place of what stands, and uses up its code.</summary>
    /// <param name="confirmed">The notices.</param>
    /// <param name="pending">What the code was for.</param>
    /// <param name="standing">The notices that stand; null for none.</param>
    /// <param name="cancellationToken">Stops the call.</param>
    /// <returns>False when something else stands; then nothing has changed.</returns>
    public Task<bool> TryConfirmAsync(
        NoticeSetting confirmed,
        PendingNotices pending,
        NoticeSetting? standing,
        CancellationToken cancellationToken
    )
    {
        var item = NoticeItems.Write(confirmed);
        TableWrite put = standing is null
            ? new TableWrite.Create(item)
            : new TableWrite.Replace(item, NoticeItems.SameToken, NoticeItems.TokenOf(standing));
        return table.TryTransactAsync([put, NoticeItems.Put(pending.Spend(), pending)], cancellationToken);
    }

    /// <summary>Ends a party's notices, forgets the address, and that which a code was mailed to.</summary>
    /// <param name="setting">The notices that stand; null for none.</param>
    /// <param name="pending">What a code was mailed for; null to leave it alone.</param>
    /// <param name="cancellationToken">Stops the call.</param>
    /// <returns>False when something else stands; then nothing has changed.</returns>
    public async Task<bool> TryEndAsync(NoticeSetting? setting, PendingNotices? pending, CancellationToken cancellationToken)
    {
        List<TableWrite> writes = [];
        if (setting is not null)
        {
            writes.Add(new TableWrite.Consume(NoticeItems.Setting(setting.Party), NoticeItems.SameToken, NoticeItems.TokenOf(setting)));
        }

        if (pending is not null)
        {
            writes.Add(NoticeItems.Put(pending.Spend(), pending));
        }

        return writes.Count == 0 || await table.TryTransactAsync(writes, cancellationToken);
    }
}
