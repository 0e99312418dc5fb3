using FairShare.Aws.Backup;
using FairShare.Aws.Objects;
using FairShare.Backup.Integrity;
using FairShare.Backup.Records;
using FairShare.Contracts.Backup;
using FairShare.Contracts.Exchange;
using FairShare.Contracts.Vault;
using FairShare.Core.Digests;
using FairShare.Core.Identifiers;
using FairShare.Functions.Hosting;
using FairShare.Functions.Http;

namespace FairShare.Functions.Peer;

/// <summary>Makes room for a body, and signs uploads of it, each bound to its digest and length.</summary>
internal sealed class RequestShareUpload(FunctionServices services) : IRouteHandler<BackupId, PeerOrder, ShareUploadGrant>
{
    private const int PartLimit = 100;

    public async Task<Answer<ShareUploadGrant>> HandleAsync(ApiCall<BackupId, PeerOrder> call, CancellationToken cancellationToken)
    {
        var order = await services.TakeOrderAsync<ShareUpload>(PeerRoutes.RequestShareUpload, call, cancellationToken);
        var upload = order.Content;
        RequireFits(upload);
        var kept = order.Kept;
        RequireOfManifest(upload, kept);
        if (kept?.Phase == KeptPhase.Deleted)
        {
            await services.EraseAsync(kept, before: null, cancellationToken);
            throw PeerProblems.BackupDeleted.With("The backup was deleted here; store under another id.");
        }

        // Before anything is begun in S3: what is refused leaves nothing there.
        var standing = upload.Fresh ? null : kept?.Pending;
        var dropped = kept is not null && standing is null ? services.DropPending(kept) : [];
        var pending = await PrepareAsync(order.Backup, standing, upload, cancellationToken);
        await SaveAsync(order, pending, dropped, cancellationToken);
        return await GrantAsync(order.Backup, pending, upload);
    }

    private static void RequireFits(ShareUpload upload)
    {
        var parts = upload.Parts ?? [];
        if (upload.Size is < 0 or > (5L << 40) || parts.Count > PartLimit || (upload.Digest is not null && parts.Count > 0))
        {
            throw PeerProblems.WrongBody.With($"A body has up to 5 TiB, and a digest or up to {PartLimit} parts.");
        }

        if (upload.Tree is { } tree && tree.Size != (long)ShareTree.LeavesOf(upload.Size) * Sha256Digest.ByteLength)
        {
            throw PeerProblems.WrongBody.With("The hashes of the leaves have 32 bytes for each leaf of 16 KiB.");
        }

        if (parts.Any(part => part.Number is < 1 or > DigestLimits.MaxParts || part.Size < 1 || part.Size > upload.Size))
        {
            throw PeerProblems.WrongBody.With("Parts have numbers from 1, and no more bytes than the body.");
        }
    }

    // What a backup has room for once it stands, its owner may store again, even one who is no member any more; nothing larger.
    private static void RequireOfManifest(ShareUpload upload, KeptBackup? kept)
    {
        if (kept?.Manifest is { } text)
        {
            var size = BackupManifest.Read(BackupRecord.Parse(text, RecordKind.BackupManifest)).BodySize;
            if (upload.Size > size)
            {
                throw PeerProblems.WrongBody.With($"The manifest says that a body has {size} bytes.");
            }
        }
    }

    private async Task<PendingBody> PrepareAsync(
        BackupId backup,
        PendingBody? pending,
        ShareUpload upload,
        CancellationToken cancellationToken
    )
    {
        pending = (pending ?? new PendingBody(Nonce.New(services.Randomness).ToString(), upload.Size)) with
        {
            Size = upload.Size,
            Copy = null,
        };
        return upload.Parts is { Count: > 0 } && pending.UploadId is null
            ? pending with
            {
                UploadId = await services.Peer.Bucket.Uploads.BeginMultipartAsync(
                    PeerBucket.BodyKey(backup, pending.Slot),
                    cancellationToken
                ),
            }
            : pending;
    }

    private async Task SaveAsync(
        FollowedOrder<ShareUpload> order,
        PendingBody pending,
        IReadOnlyList<DroppedBody> dropped,
        CancellationToken cancellationToken
    )
    {
        var kept = order.Kept;
        var next =
            kept is null
                ? new KeptBackup
                {
                    Id = order.Backup,
                    Phase = KeptPhase.Pending,
                    Announcer = order.Owner.Thumbprint,
                    Pending = pending,
                }
            : pending.Slot == kept.Pending?.Slot ? kept with { Pending = pending }
            : kept with { Pending = pending, Dropped = dropped };
        if (kept == next)
        {
            return;
        }

        if (kept is not null)
        {
            await services.EraseAsync(kept, before: null, cancellationToken);
        }

        if (!await services.Peer.Backups.TryPutAsync(kept, next, services.Settings.PeerRoom, cancellationToken))
        {
            await AbortAsync(kept, next, cancellationToken);
            throw await services.RoomRefusalAsync(kept, next, cancellationToken);
        }

        await services.EraseAsync(next, kept, cancellationToken);
    }

    // An upload that this call has begun, and nobody will know of.
    private Task AbortAsync(KeptBackup? kept, KeptBackup next, CancellationToken cancellationToken) =>
        next.Pending is { UploadId: { } upload } pending && upload != kept?.Pending?.UploadId
            ? services.Peer.Bucket.Uploads.AbortMultipartAsync(PeerBucket.BodyKey(next.Id, pending.Slot), upload, cancellationToken)
            : Task.CompletedTask;

    private async Task<ShareUploadGrant> GrantAsync(BackupId backup, PendingBody pending, ShareUpload upload)
    {
        var (uploads, key) = (services.Peer.Bucket.Uploads, PeerBucket.BodyKey(backup, pending.Slot));
        var whole = upload.Digest is { } digest ? await uploads.PresignPutAsync(key, Sha256Digest.Parse(digest.Value), upload.Size) : null;
        var tree = upload.Tree is { } asked
            ? await uploads.PresignPutAsync(PeerBucket.TreeKey(backup, pending.Slot), Sha256Digest.Parse(asked.Digest), asked.Size)
            : null;
        return new ShareUploadGrant(
            WayOf(whole),
            upload.Parts is { Count: > 0 } parts ? await SignPartsAsync(key, pending.UploadId!, parts) : null,
            WayOf(tree)
        );
    }

    private async Task<VaultPartsGrant> SignPartsAsync(string key, string uploadId, IReadOnlyList<VaultPart> parts)
    {
        var uploads = services.Peer.Bucket.Uploads;
        var ways = new List<PartWay>();
        foreach (var part in parts)
        {
            var request = await uploads.PresignPartAsync(key, uploadId, part.Number, Sha256Digest.Parse(part.Digest), part.Size);
            ways.Add(new(part.Number, request.Method, request.Url, request.Headers));
        }

        var complete = await uploads.PresignCompleteAsync(key, uploadId);
        return new(ways, (await uploads.PresignListPartsAsync(key, uploadId)).Url, complete.Url, complete.Headers);
    }

    private static UploadWay? WayOf(PresignedRequest? request) =>
        request is null ? null : new(request.Method, request.Url, request.Headers);
}
