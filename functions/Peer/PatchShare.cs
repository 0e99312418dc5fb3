using FairShare.Aws.Backup;
using FairShare.Backup.Integrity;
using FairShare.Backup.Records;
using FairShare.Contracts.Backup;
using FairShare.Core.Encoding;
using FairShare.Core.Identifiers;
using FairShare.Functions.Hosting;
using FairShare.Functions.Http;

namespace FairShare.Functions.Peer;

/// <summary>
/// Puts leaves of the body right in their places: writes the body anew beside the one that is there, and takes it in its place only if it
/// is the one that the manifest says.
/// </summary>
internal sealed class PatchShare(FunctionServices services) : IRouteHandler<BackupId, PeerOrder, RecordAnswer>
{
    public async Task<Answer<RecordAnswer>> HandleAsync(ApiCall<BackupId, PeerOrder> call, CancellationToken cancellationToken)
    {
        var order = await services.TakeOrderAsync<PatchRequest>(PeerRoutes.PatchShare, call, cancellationToken);
        var stored = order.RequireStored();
        var patch = Read(order.Content, stored.Body.Size);
        if (stored.Index == 0)
        {
            throw PeerProblems.ManifestConflict.With("The manifest gives this peer no share.");
        }

        var slot = Nonce.New(services.Randomness).ToString();
        var copy = services.Peer.Bucket.Copy(order.Backup, slot, stored.Body.Digest, stored.Body.Size);
        await copy.BeginAsync(cancellationToken);
        var pending = await AnnounceAsync(stored, new PendingBody(slot, stored.Body.Size, copy.UploadId), cancellationToken);
        try
        {
            await WriteAsync(stored, slot, patch, copy, cancellationToken);
        }
        catch
        {
            await services.Peer.Bucket.EraseAsync(order.Backup, slot, copy.UploadId, CancellationToken.None);
            await services.SaveAsync(pending, pending with { Pending = null }, CancellationToken.None);
            throw;
        }

        await services.SaveAsync(pending, pending with { Body = stored.Body with { Slot = slot }, Pending = null }, cancellationToken);
        await services.Peer.Bucket.EraseAsync(order.Backup, stored.Body.Slot, null, cancellationToken);
        return new RecordAnswer(
            await services.SignReceiptAsync(stored.Record, stored.Index, stored.Body, stored.Shares, cancellationToken)
        );
    }

    private static Dictionary<int, byte[]> Read(PatchRequest request, long size)
    {
        var patch = new Dictionary<int, byte[]>();
        foreach (var leaf in request.Leaves)
        {
            var length = Math.Min(ShareTree.LeafSize, size - ((long)leaf.Number * ShareTree.LeafSize));
            if (
                leaf.Number < 0
                || leaf.Number >= ShareTree.LeavesOf(size)
                || !Base64UrlText.TryDecode(leaf.Octets, out var octets)
                || octets.Length != length
                || !patch.TryAdd(leaf.Number, octets)
            )
            {
                throw PeerProblems.WrongBody.With("A leaf is none of this body, has another length than it must have, or comes twice.");
            }
        }

        return patch.Count is > 0 and <= PatchRequest.MostLeaves
            ? patch
            : throw PeerProblems.WrongBody.With($"An order puts 1 to {PatchRequest.MostLeaves} leaves right.");
    }

    // What is written is noted before, so that nothing stays that nobody knows of.
    private async Task<KeptBackup> AnnounceAsync(StoredBackup stored, PendingBody pending, CancellationToken cancellationToken)
    {
        var (kept, next) = (stored.Kept, stored.Kept with { Pending = pending });
        if (!await services.Peer.Backups.TryPutAsync(kept, next, services.Settings.PeerRoom, cancellationToken))
        {
            await services.Peer.Bucket.EraseAsync(kept.Id, pending.Slot, pending.UploadId, cancellationToken);
            throw PeerProblems.NoRoom.With($"The peer has room for {services.Settings.PeerRoom} bytes, and not for {pending.Size} more.");
        }

        if (kept.Pending is { } given)
        {
            await services.Peer.Bucket.EraseAsync(kept.Id, given.Slot, given.UploadId, cancellationToken);
        }

        return next with
        {
            Revision = kept.Revision + 1,
        };
    }

    private async Task WriteAsync(
        StoredBackup stored,
        string slot,
        Dictionary<int, byte[]> patch,
        BodyCopy copy,
        CancellationToken cancellationToken
    )
    {
        var backup = stored.Kept.Id;
        await using var body =
            await services.Peer.Bucket.ReadAsync(PeerBucket.BodyKey(backup, stored.Body.Slot), cancellationToken)
            ?? throw PeerProblems.NotStored.With("The body is gone.");
        using var leaves = new LeafHasher();
        var (leaf, size) = (new byte[ShareTree.LeafSize], 0L);
        for (var number = 0; ; number++)
        {
            var read = await body.ReadAtLeastAsync(leaf, leaf.Length, throwOnEndOfStream: false, cancellationToken);
            size += read;
            if (read == 0 || size > stored.Body.Size)
            {
                break;
            }

            var octets = patch.GetValueOrDefault(number) is { } right && right.Length == read ? right : leaf.AsMemory(0, read);
            leaves.Append(octets.Span);
            await copy.AppendAsync(octets, cancellationToken);
        }

        var tree = size == stored.Body.Size ? leaves.Complete() : null;
        if (
            tree is null
            || tree.Root != stored.Manifest.Roots[stored.Index - 1]
            || await copy.EndAsync(cancellationToken) != stored.Body.Digest
        )
        {
            throw PeerProblems.WrongBody.With("With these leaves the body is not the one that the manifest says; nothing was changed.");
        }

        await copy.StoreAsync(cancellationToken);
        if (stored.HasTree)
        {
            using var hashes = new MemoryStream(tree.ToBytes());
            await copy.PutAsync(PeerBucket.TreeKey(backup, slot), hashes, cancellationToken);
        }
    }
}
