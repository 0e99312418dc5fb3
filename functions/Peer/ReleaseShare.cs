using FairShare.Aws.Backup;
using FairShare.Backup.Curve;
using FairShare.Backup.Records;
using FairShare.Backup.Refresh;
using FairShare.Backup.Sharing;
using FairShare.Contracts.Backup;
using FairShare.Core.Digests;
using FairShare.Core.Encoding;
using FairShare.Core.Errors;
using FairShare.Core.Identifiers;
using FairShare.Functions.Hosting;
using FairShare.Functions.Http;

namespace FairShare.Functions.Peer;

/// <summary>Gives an owner the share: the key share sealed for the order's one-time key, the body by a presigned GET.</summary>
internal sealed class ReleaseShare(FunctionServices services) : IRouteHandler<BackupId, PeerOrder, ShareReleaseAnswer>
{
    public async Task<Answer<ShareReleaseAnswer>> HandleAsync(ApiCall<BackupId, PeerOrder> call, CancellationToken cancellationToken)
    {
        var order = await services.TakeOrderAsync<ReleaseRequest>(PeerRoutes.ReleaseShare, call, cancellationToken);
        var stored = order.RequireStored();
        var (share, next) = order.Content.Recipient is { } recipient ? await SealAsync(stored, recipient, cancellationToken) : (null, null);
        var members = RecordMembers
            .Of(order.Backup, Timestamp.Truncate(services.Time.GetUtcNow()))
            .With("order", order.Hash)
            .With("index", stored.Index)
            .With("epoch", stored.Shares.Epoch)
            .With("commitments", Sha256Digest.Of(stored.Shares.Commitments))
            .With("share", Sha256Digest.Of(share ?? []));
        var record = await services.Peer.Seal.SignAsync(RecordKind.ShareRelease, members, cancellationToken);
        var bucket = services.Peer.Bucket;
        return new ShareReleaseAnswer(
            record.Text,
            stored.Record.Text,
            stored.Shares.Epoch,
            Base64UrlText.Encode(stored.Shares.Commitments),
            stored.Body.Size,
            await bucket.PresignGetAsync(PeerBucket.BodyKey(order.Backup, stored.Body.Slot)),
            stored.HasTree ? await bucket.PresignGetAsync(PeerBucket.TreeKey(order.Backup, stored.Body.Slot)) : null,
            share is null ? null : Base64UrlText.Encode(share),
            stored.Shares.PreparedTranscript is not null || stored.Shares.GivenUp.Count > 0,
            stored.Shares.Attempt,
            next
        );
    }

    private async Task<(byte[]? Share, IReadOnlyList<NextShare>? Next)> SealAsync(
        StoredBackup stored,
        string recipient,
        CancellationToken cancellationToken
    )
    {
        if (!Base64UrlText.TryDecode(recipient, out var key) || CurvePoint.TryRead(key) is null)
        {
            throw new ProtocolException("invalid-recipient", "The recipient is not a compressed point of P-256 in base64url.");
        }

        var kept = await services.UnwrapAsync(stored, cancellationToken);
        IEnumerable<PreparedShare> waiting = kept.Prepared is { } prepared ? [.. kept.GivenUp, prepared] : kept.GivenUp;
        var next = waiting
            .Select(one => new NextShare(
                Base64UrlText.Encode(one.Commitments.ToBytes()),
                Base64UrlText.Encode(Seal(key, stored.Kept.Id, kept.Epoch + 1, one.Share))
            ))
            .ToList();
        return (kept.Current is { } share ? Seal(key, stored.Kept.Id, kept.Epoch, share) : null, next.Count > 0 ? next : null);
    }

    private byte[] Seal(byte[] recipient, BackupId backup, uint epoch, SecretShare share) =>
        AgreementKey.Seal(
            recipient,
            new KeyShareFile(backup, epoch, share).ToBytes(),
            KeyShareFile.ContextOf(backup, epoch, share.Index),
            services.Randomness
        );
}
