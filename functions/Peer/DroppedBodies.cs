using FairShare.Aws.Backup;
using FairShare.Aws.Objects;
using FairShare.Contracts.Backup;
using FairShare.Contracts.Http;
using FairShare.Functions.Hosting;

namespace FairShare.Functions.Peer;

/// <summary>
/// Gives bodies up. First it is written that they are, on the condition that nobody has written since, and then they are erased: what a
/// call has read may be the body that another has just signed a receipt for.
/// </summary>
internal static class DroppedBodies
{
    // Longer than an upload is good for, by the longest call that may sign one, or write one itself.
    private static readonly TimeSpan Writable = ObjectUploads.Validity + TimeSpan.FromMinutes(15);

    // All of them are in the item, and are erased again with the next.
    private const int MostDropped = 50;

    /// <summary>The body that is under way, given up, beside those that were before and may still be written.</summary>
    /// <exception cref="ProblemException"><c>busy</c>: so many were that the next must wait.</exception>
    public static IReadOnlyList<DroppedBody> DropPending(this FunctionServices services, KeptBackup kept)
    {
        var dropped = services.Drop(kept, [(kept.Pending?.Slot, kept.Pending?.UploadId)]);
        return dropped.Count <= MostDropped
            ? dropped
            : throw CommonProblems.Busy.With("Many bodies of this backup were begun and given up; begin the next in an hour.");
    }

    /// <summary>All bodies, given up.</summary>
    public static IReadOnlyList<DroppedBody> DropAll(this FunctionServices services, KeptBackup kept) =>
        services.Drop(kept, [(kept.Body?.Slot, null), (kept.Replaced, null), (kept.Pending?.Slot, kept.Pending?.UploadId)]);

    /// <summary>Erases bodies that were given up; a repeat erases what was written since.</summary>
    /// <param name="services">The peer's parts.</param>
    /// <param name="kept">What has them.</param>
    /// <param name="before">What has those that this call has erased already.</param>
    /// <param name="cancellationToken">Stops the call.</param>
    public static async Task EraseAsync(
        this FunctionServices services,
        KeptBackup kept,
        KeptBackup? before,
        CancellationToken cancellationToken
    )
    {
        foreach (var dropped in kept.Dropped.Except(before?.Dropped ?? []))
        {
            await services.Peer.Bucket.EraseAsync(kept.Id, dropped.Slot, dropped.UploadId, cancellationToken);
        }
    }

    /// <summary>Ends a copy that cannot be finished; one that another call has ended, or finished, is left to it.</summary>
    /// <param name="services">The peer's parts.</param>
    /// <param name="kept">What was read, with the copy.</param>
    /// <param name="isOver">Whether the copy is given up, if nobody has written since.</param>
    /// <returns>Whether nobody had written since.</returns>
    public static async Task<bool> EndCopyAsync(this FunctionServices services, KeptBackup kept, bool isOver)
    {
        // Whoever gave the order may have gone; what is left of the copy must go all the same.
        var (stop, pending) = (CancellationToken.None, kept.Pending!);
        var next = kept with { Pending = null, Dropped = services.Drop(kept, [(pending.Slot, pending.UploadId)]) };
        if (isOver && await services.Peer.Backups.TryPutAsync(kept, next, services.Settings.PeerRoom, stop))
        {
            await services.EraseAsync(next, kept, stop);
            return true;
        }

        // A slot that the item does not use is never used again.
        var found = await services.Peer.Backups.FindAsync(kept.Id, stop);
        if (found?.Uses(pending.Slot) != true)
        {
            await services.Peer.Bucket.EraseAsync(kept.Id, pending.Slot, pending.UploadId, stop);
        }

        return found?.Revision == kept.Revision;
    }

    /// <summary>Why room for a body could not be taken: another order was followed meanwhile, or there is none.</summary>
    public static async Task<ProblemException> RoomRefusalAsync(
        this FunctionServices services,
        KeptBackup? read,
        KeptBackup next,
        CancellationToken cancellationToken
    ) =>
        (await services.Peer.Backups.FindAsync(next.Id, cancellationToken))?.Revision == read?.Revision
            ? PeerProblems.NoRoom.With($"The peer has room for {services.Settings.PeerRoom} bytes, and not for {next.Pending?.Size} more.")
            : CommonProblems.Busy.With("Another order about this backup is being followed; repeat this one.");

    private static IReadOnlyList<DroppedBody> Drop(
        this FunctionServices services,
        KeptBackup kept,
        IEnumerable<(string? Slot, string? UploadId)> bodies
    )
    {
        var now = services.Time.GetUtcNow();
        return
        [
            .. kept.Dropped.Where(one => one.Until > now),
            .. bodies.Where(one => one.Slot is not null).Select(one => new DroppedBody(one.Slot!, one.UploadId, now + Writable)),
        ];
    }
}
