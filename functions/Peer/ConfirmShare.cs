using FairShare.Aws.Backup;
using FairShare.Backup.Records;
using FairShare.Backup.Sharing;
using FairShare.Contracts.Backup;
using FairShare.Core.Digests;
using FairShare.Core.Identifiers;
using FairShare.Functions.Hosting;
using FairShare.Functions.Http;

namespace FairShare.Functions.Peer;

/// <summary>Holds what was uploaded against its digest, the key share against the commitments, and gives a receipt for both.</summary>
internal sealed class ConfirmShare(FunctionServices services) : IRouteHandler<BackupId, PeerOrder, RecordAnswer>
{
    public async Task<Answer<RecordAnswer>> HandleAsync(ApiCall<BackupId, PeerOrder> call, CancellationToken cancellationToken)
    {
        var order = await services.TakeOrderAsync<ShareStatement>(PeerRoutes.ConfirmShare, call, cancellationToken);
        var kept = order.Kept is { Phase: not KeptPhase.Deleted } present ? present : throw order.NotFound();
        var record = order.RequireManifest(order.Content.Manifest);
        var manifest = BackupManifest.Read(record);
        var index = manifest.IndexOf(order.Peer);
        if (index == 0)
        {
            throw PeerProblems.ManifestConflict.With("The manifest gives this peer no share.");
        }

        var body = await TakeBodyAsync(order.Backup, kept, order.Content, manifest, cancellationToken);
        var (shares, accusation) = await TakeShareAsync(order, kept, manifest, index, cancellationToken);
        if (shares is null)
        {
            var members = accusation!(Timestamp.Truncate(services.Time.GetUtcNow()));
            return new RecordAnswer((await services.Peer.Seal.SignAsync(RecordKind.HelpAccusation, members, cancellationToken)).Text);
        }

        await services.ReplaceAsync(
            kept,
            kept with
            {
                Phase = KeptPhase.Stored,
                Manifest = record.Text,
                Body = body,
                Pending = order.Content.Size is null ? kept.Pending : null,
                Shares = shares,
                Key = order.Content.Masked is null ? kept.Key : null,
            },
            cancellationToken
        );
        return new RecordAnswer(await services.SignReceiptAsync(record, index, body, shares, cancellationToken));
    }

    private async Task<KeptBody> TakeBodyAsync(
        BackupId backup,
        KeptBackup kept,
        ShareStatement statement,
        BackupManifest manifest,
        CancellationToken cancellationToken
    )
    {
        if (statement.Size is not { } size || statement.Digest is not { } view)
        {
            return kept.Body ?? throw PeerProblems.NotStored.With("No body was uploaded.");
        }

        var digest = DocumentDigest.Parse(view.Method, view.Value, view.PartSize);
        digest.RequireFits(size);
        if (size != manifest.BodySize)
        {
            throw PeerProblems.WrongBody.With($"The manifest says that a body has {manifest.BodySize} bytes.");
        }

        if (kept.Pending is not { } pending)
        {
            // A repeat: the answer to the first was lost.
            return kept.Body is { } standing && standing.Digest == digest && standing.Size == size
                ? standing
                : throw PeerProblems.NotStored.With("No body is under way.");
        }

        return await services.Peer.Bucket.IsStoredAsync(PeerBucket.BodyKey(backup, pending.Slot), digest, size, cancellationToken) switch
        {
            null => throw PeerProblems.NotStored.With("The body is not uploaded."),
            false => throw PeerProblems.WrongBody.With("What is uploaded has not this digest and size."),
            _ => new KeptBody(pending.Slot, size, digest),
        };
    }

    // The share; or null, and what shows which helpers have sent something wrong.
    private async Task<(KeptShares? Shares, Func<DateTimeOffset, RecordMembers>? Accusation)> TakeShareAsync(
        FollowedOrder<ShareStatement> order,
        KeptBackup kept,
        BackupManifest manifest,
        int index,
        CancellationToken cancellationToken
    )
    {
        var statement = order.Content;
        if (statement.Share is null && statement.Masked is null)
        {
            return (kept.Shares ?? throw PeerProblems.BadShare.With("There is no key share, and none was sent."), null);
        }

        if (kept.Shares is { HasCurrent: true } standing && standing.Epoch > statement.Epoch)
        {
            throw PeerProblems.WrongEpoch.With("The peer has a key share of a later epoch.");
        }

        var commitments = SentShare.ReadCommitments(statement, manifest);
        var (share, accusation) = await OpenAsync(order, kept, manifest, index, commitments, cancellationToken);
        if (accusation is not null)
        {
            return (null, accusation);
        }

        var current = share ?? throw PeerProblems.BadShare.With("The key share does not open, or is not what the commitments say.");
        return (await services.TakeShareAsync(kept, (uint)statement.Epoch, commitments, current, cancellationToken), null);
    }

    private async Task<(SecretShare? Share, Func<DateTimeOffset, RecordMembers>? Accusation)> OpenAsync(
        FollowedOrder<ShareStatement> order,
        KeptBackup kept,
        BackupManifest manifest,
        int index,
        Commitments commitments,
        CancellationToken cancellationToken
    )
    {
        var statement = order.Content;
        if (statement.Share is { } text)
        {
            var sent = new SentShare(order.Backup, index, await services.AgreementKeyAsync(cancellationToken));
            return (sent.TryOpen(text, (uint)statement.Epoch, commitments), null);
        }

        var key =
            await services.UnwrapKeyAsync(kept, cancellationToken) ?? throw PeerProblems.BadShare.With("The peer has offered no key.");
        return new SentHelp(order.Backup, index, key).Open(statement, manifest, commitments, services.Randomness);
    }
}
