using FairShare.Aws.Backup;
using FairShare.Backup.Records;
using FairShare.Contracts.Backup;
using FairShare.Contracts.Http;
using FairShare.Core.Identifiers;
using FairShare.Functions.Hosting;
using FairShare.Functions.Http;

namespace FairShare.Functions.Peer;

/// <summary>
/// Puts leaves of the body right in their places: writes the body anew beside the one that is there, a piece a call, and takes it in its
/// place only if it is the one that the manifest says. What was copied is as it must be, whoever ordered it, and the next order goes on
/// from there.
/// </summary>
internal sealed class PatchShare(FunctionServices services) : IRouteHandler<BackupId, PeerOrder, PatchAnswer>
{
    public async Task<Answer<PatchAnswer>> HandleAsync(ApiCall<BackupId, PeerOrder> call, CancellationToken cancellationToken)
    {
        var order = await services.TakeOrderAsync<PatchRequest>(PeerRoutes.PatchShare, call, cancellationToken);
        var stored = order.RequireStored();
        var patch = PatchedLeaves.Read(order.Content, stored.Body.Size);
        if (stored.Index == 0)
        {
            throw PeerProblems.ManifestConflict.With("The manifest gives this peer no share.");
        }

        PatchedBody.RequireForm(stored.Body);
        var kept = IsBegun(stored, stored.Kept.Pending) ? stored.Kept : await BeginAsync(stored, patch, cancellationToken);
        try
        {
            if (await GoOnAsync(stored, kept, patch, cancellationToken) is { } next)
            {
                return new PatchAnswer(null, next);
            }
        }
        catch (Exception fault)
        {
            var refusal = fault as ProblemException;
            var isOver = refusal?.Type.Code is { } code && (code == PeerProblems.WrongBody.Code || code == CommonProblems.Busy.Code);
            if (!await services.EndCopyAsync(kept, isOver) && refusal is not null)
            {
                throw CommonProblems.Busy.With("Another order about this backup is being followed; repeat this one.");
            }

            throw;
        }

        return new PatchAnswer(await services.SignReceiptAsync(stored.Record, stored.Index, stored.Body, stored.Shares, cancellationToken));
    }

    // Where the next order goes on; null where the copy is finished, and stands in the body's place.
    private async Task<int?> GoOnAsync(
        StoredBackup stored,
        KeptBackup kept,
        Dictionary<int, byte[]> patch,
        CancellationToken cancellationToken
    )
    {
        var body = new PatchedBody(services, stored, kept.Pending!, patch);
        if (!await body.CopyAsync(cancellationToken))
        {
            await services.SaveAsync(kept, kept with { Pending = kept.Pending! with { Copy = body.Progress } }, cancellationToken);
            return (int)body.Progress.Leaves;
        }

        await body.CompleteAsync(cancellationToken);
        var next = kept with { Body = stored.Body with { Slot = kept.Pending!.Slot }, Pending = null };
        await services.ReplaceAsync(kept, next, cancellationToken);
        return null;
    }

    private static bool IsBegun(StoredBackup stored, PendingBody? pending) => pending?.Copy?.Source == stored.Body.Slot;

    // What is written is noted before, so that nothing stays that nobody knows of.
    private async Task<KeptBackup> BeginAsync(StoredBackup stored, Dictionary<int, byte[]> patch, CancellationToken cancellationToken)
    {
        if (patch.Count == 0)
        {
            throw PeerProblems.WrongBody.With("No leaf is put right.");
        }

        var (kept, slot) = (stored.Kept, Nonce.New(services.Randomness).ToString());
        var dropped = services.DropPending(kept);
        var upload = stored.Body.Digest.PartSize is null
            ? null
            : await services.Peer.Bucket.Uploads.BeginMultipartAsync(PeerBucket.BodyKey(kept.Id, slot), cancellationToken);
        var pending = new PendingBody(slot, stored.Body.Size, upload, new KeptCopy(stored.Body.Slot, 0, []));
        await services.EraseAsync(kept, before: null, cancellationToken);
        var next = kept with { Pending = pending, Dropped = dropped };
        if (!await services.Peer.Backups.TryPutAsync(kept, next, services.Settings.PeerRoom, cancellationToken))
        {
            await services.Peer.Bucket.EraseAsync(kept.Id, slot, upload, cancellationToken);
            throw await services.RoomRefusalAsync(kept, next, cancellationToken);
        }

        await services.EraseAsync(next, kept, cancellationToken);
        return next with { Revision = kept.Revision + 1 };
    }
}
