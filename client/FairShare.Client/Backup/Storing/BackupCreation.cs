using FairShare.Backup.Bodies;
using FairShare.Backup.Curve;
using FairShare.Backup.Planning;
using FairShare.Backup.Records;
using FairShare.Backup.Refresh;
using FairShare.Backup.Sharing;
using FairShare.Client.Backup.Deleting;
using FairShare.Client.Backup.Peers;
using FairShare.Contracts.Backup;
using FairShare.Contracts.Exchange;
using FairShare.Core.Digests;
using FairShare.Core.Encoding;
using FairShare.Core.Identifiers;
using FairShare.Vault.Objects;
using FairShare.Vault.Transfer;

namespace FairShare.Client.Backup.Storing;

/// <summary>Makes a backup: spreads it over its peers, and collects their receipts. With too few, what was stored is taken back.</summary>
/// <param name="session">Owner and peers; each of them gets one share, in their order.</param>
/// <param name="plan">The numbers.</param>
public sealed class BackupCreation(BackupSession session, BackupPlan plan)
{
    /// <summary>The keys that own the backup beside the session's.</summary>
    public IReadOnlyList<KeyId> Masters { get; init; } = [];

    /// <summary>Makes the backup.</summary>
    /// <param name="content">What is backed up.</param>
    /// <param name="name">What the owner calls it; peers see it. Null for no name.</param>
    /// <param name="progress">Is told the bytes of content that are done.</param>
    /// <param name="cancellationToken">Stops it; what was stored is taken back.</param>
    /// <exception cref="BackupProblem"><see cref="BackupProblem.TooFewPeers"/>, <see cref="BackupProblem.PeerKeyChanged"/>.</exception>
    public async Task<CreatedBackup> RunAsync(
        IVaultContent content,
        string? name,
        IProgress<long>? progress,
        CancellationToken cancellationToken
    )
    {
        await RequirePeersAsync(cancellationToken).ConfigureAwait(false);
        var backup = BackupId.New(session.Randomness);
        try
        {
            return await StoreAsync(backup, content, name, progress, cancellationToken).ConfigureAwait(false);
        }
        catch
        {
            await new BackupDeletion(session).TakeBackAsync(backup).ConfigureAwait(false);
            throw;
        }
    }

    // Before a byte is read: who is there, and is who it was.
    private async Task RequirePeersAsync(CancellationToken cancellationToken)
    {
        var found = await session.Peers.AskAsync(peer => peer.DescribeAsync(cancellationToken)).ConfigureAwait(false);
        if (found.FirstOrDefault(one => one.Failure?.Code == BackupProblem.PeerKeyChanged) is { Failure: { } changed })
        {
            throw new BackupProblem(changed.Code, changed.Detail);
        }

        RequireHappy(found.Where(one => one.Failure is not null).Select(one => (one.Peer.Peer, one.Failure!)).ToList());
    }

    private async Task<CreatedBackup> StoreAsync(
        BackupId backup,
        IVaultContent content,
        string? name,
        IProgress<long>? progress,
        CancellationToken cancellationToken
    )
    {
        var (threshold, total) = (plan.Parameters.Threshold, plan.Parameters.Total);
        var secret = Scalar.Random(session.Randomness);
        var dealing = SecretDealing.Deal(secret, threshold, total, session.Randomness);
        var layout = new BodyLayout(plan.Scheme, threshold, total);
        var uploads = MakeUploads(backup, content, layout);
        try
        {
            var (size, digest) = await new BodyWriter(layout, uploads, session.Randomness)
                .WriteAsync(content, secret, progress, cancellationToken)
                .ConfigureAwait(false);
            var bodies = await Task.WhenAll(uploads.Select(upload => upload.CompleteAsync(cancellationToken))).ConfigureAwait(false);
            RequireHappy(FailuresOf(uploads));
            var manifest = await SignAsync(backup, name, dealing, bodies, size, digest, cancellationToken).ConfigureAwait(false);
            return await ConfirmAsync(manifest, dealing, uploads, bodies, cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            uploads.ForEach(upload => upload.Dispose());
        }
    }

    private List<BodyUpload> MakeUploads(BackupId backup, IVaultContent content, BodyLayout layout)
    {
        // A pipe's length nobody knows: room is asked for as the parts come.
        var bound = layout.BodySizeOf(BackupFile.LengthBound(content.LengthBound ?? 1L << 40)) + 1;
        var partSize = PartSize.For(bound);
        return [.. session.Peers.Peers.Select((peer, place) => new BodyUpload(peer, session.Store, backup, place + 1, bound, partSize))];
    }

    private async Task<BackupRecord> SignAsync(
        BackupId backup,
        string? name,
        SecretDealing dealing,
        UploadedBody[] bodies,
        long size,
        Sha256Digest digest,
        CancellationToken cancellationToken
    )
    {
        var manifest = new BackupManifest
        {
            Backup = backup,
            Sequence = 1,
            Name = name,
            Scheme = plan.Scheme,
            Parameters = plan.Parameters,
            Happy = plan.Happy,
            Size = size,
            BodySize = bodies[0].Size,
            Digest = digest,
            Owners = [session.Owner.KeyId, .. Masters],
            Peers = [.. session.Peers.Peers.Select(peer => peer.Peer.Kid)],
            Roots = [.. bodies.Select(body => body.Root)],
            Commitments = dealing.Commitments,
        };
        return await BackupRecord
            .SignAsync(RecordKind.BackupManifest, manifest.ToMembers(session.Now), session.Owner, cancellationToken)
            .ConfigureAwait(false);
    }

    private async Task<CreatedBackup> ConfirmAsync(
        BackupRecord manifest,
        SecretDealing dealing,
        List<BodyUpload> uploads,
        UploadedBody[] bodies,
        CancellationToken cancellationToken
    )
    {
        var stored = uploads
            .Zip(bodies)
            .Where(pair => pair.First.Failure is null)
            .ToDictionary(pair => pair.First.Peer, pair => pair.Second);
        var outcomes = await PeerGroup
            .AskAsync(
                stored.Keys,
                peer => ConfirmAsync(peer, manifest, dealing.Shares[stored[peer].Index - 1], stored[peer], cancellationToken)
            )
            .ConfigureAwait(false);
        List<(KnownPeer, PeerFailure)> failures =
        [
            .. FailuresOf(uploads),
            .. outcomes.Where(one => one.Failure is not null).Select(one => (one.Peer.Peer, one.Failure!)),
        ];
        RequireHappy(failures);
        return new CreatedBackup(
            manifest,
            [.. outcomes.Where(one => one.Value is not null).Select(one => (one.Peer.Peer, one.Value!))],
            failures,
            stored.Values.Sum(body => body.Size)
        );
    }

    private async Task<BackupRecord> ConfirmAsync(
        PeerConnection peer,
        BackupRecord manifest,
        SecretShare share,
        UploadedBody body,
        CancellationToken cancellationToken
    )
    {
        var backup = manifest.Members.Backup;
        var sealedShare = AgreementKey.Seal(
            peer.Peer.AgreementKey,
            new KeyShareFile(backup, 0, share).ToBytes(),
            KeyShareFile.ContextOf(backup, 0, share.Index),
            session.Randomness
        );
        var digest = body.Digest!;
        var statement = new ShareStatement(
            manifest.Text,
            body.Size,
            new DigestView(digest.Method.Name(), digest.Value.ToString(), digest.PartSize),
            Share: Base64UrlText.Encode(sealedShare)
        );
        var answer = await peer.OrderAsync(PeerRoutes.ConfirmShare, backup, statement, cancellationToken).ConfigureAwait(false);
        return ReceiptCheck.Require(peer, answer.Record, manifest, body, 0);
    }

    private static List<(KnownPeer, PeerFailure)> FailuresOf(List<BodyUpload> uploads) =>
        [.. uploads.Where(upload => upload.Failure is not null).Select(upload => (upload.Peer.Peer, upload.Failure!))];

    private void RequireHappy(IReadOnlyList<(KnownPeer Peer, PeerFailure Failure)> failures)
    {
        if (plan.Parameters.Total - failures.Count < plan.Happy)
        {
            var first = failures[0];
            throw new BackupProblem(
                BackupProblem.TooFewPeers,
                $"{plan.Happy} of {plan.Parameters.Total} receipts are wanted, and {failures.Count} peers failed; "
                    + $"{first.Peer.Name}: {first.Failure.Detail} ({first.Failure.Code})"
            );
        }
    }
}
