using FairShare.Backup.Records;
using FairShare.Client.Backup.Peers;
using FairShare.Client.Backup.Reading;
using FairShare.Client.Backup.Storing;
using FairShare.Contracts.Backup;
using FairShare.Contracts.Exchange;
using FairShare.Core.Digests;
using FairShare.Core.Encoding;
using FairShare.Core.Identifiers;
using FairShare.Vault.Transfer;

namespace FairShare.Client.Backup.Keeping;

/// <summary>
/// Makes lost and damaged shares anew from m others: bodies from bodies, and key shares by helpers, without anybody learning the secret.
/// </summary>
/// <param name="session">Owner and peers.</param>
public sealed class BackupRepair(BackupSession session)
{
    /// <summary>Peers that take the places of lost ones: the seal of the one that goes, and the one that comes.</summary>
    public IReadOnlyDictionary<KeyId, PeerConnection> Replacements { get; init; } = new Dictionary<KeyId, PeerConnection>();

    /// <summary>How the backup is; found out by a deep check where nobody gives it.</summary>
    public BackupHealth? Health { get; init; }

    /// <summary>Repairs a backup; a repeat does what is left.</summary>
    /// <exception cref="BackupProblem"><see cref="BackupProblem.TooFewShares"/>; <see cref="BackupProblem.ManifestConflict"/>.</exception>
    public async Task<RepairedBackup> RunAsync(BackupId backup, CancellationToken cancellationToken)
    {
        // Everything is looked at: a repair that overlooks damage is none.
        var found =
            Health
            ?? await new BackupCheck(session) { IsDeep = true }
                .RunAsync(backup, cancellationToken)
                .ConfigureAwait(false);
        var shares = found.Shares;
        var record = await SucceedAsync(shares, cancellationToken).ConfigureAwait(false);
        var takers = await ManifestChange.HandOutAsync(shares, record, cancellationToken).ConfigureAwait(false);
        var set = await BodySet.OpenAsync(session, shares, cancellationToken).ConfigureAwait(false);
        var help = new ShareHelp(shares);
        var (repaired, failures) = (new List<RepairedShare>(), new List<(KnownPeer, PeerFailure)>());
        foreach (var health in found.Peers.Where(peer => IsToRepair(peer, shares.Manifest)))
        {
            var peer = PeerOf(record, health.Index);
            var outcome = await PeerGroup
                .TryAsync(peer, _ => RepairAsync(shares, record, set, help, health, peer, cancellationToken))
                .ConfigureAwait(false);
            if (outcome.Value is { } share)
            {
                repaired.Add(share);
                takers += Replacements.ContainsKey(shares.Manifest.Peers[health.Index - 1]) ? 1 : 0;
            }
            else
            {
                failures.Add((peer.Peer, outcome.Failure!));
            }
        }

        return new RepairedBackup(
            record,
            repaired,
            failures,
            takers,
            set.Bodies.Sum(body => body.Traffic),
            set.Layout.Required,
            [.. help.Failures.Select(one => (one.Key.Peer, one.Value))]
        );
    }

    private bool IsToRepair(PeerHealth peer, BackupManifest manifest) =>
        Replacements.ContainsKey(manifest.Peers[peer.Index - 1]) || (!peer.IsGood && peer.Failure is null or { Code: "backup-not-found" });

    // Another manifest is needed where another peer holds a share, and where two changes met and neither stands at all peers.
    private async Task<BackupRecord> SucceedAsync(ShareCollection shares, CancellationToken cancellationToken)
    {
        var before = shares.Manifest;
        if (!before.Peers.Any(Replacements.ContainsKey) && !shares.IsForked)
        {
            return shares.Record;
        }

        var next = shares.Next() with { Peers = [.. before.Peers.Select(kid => Replacements.GetValueOrDefault(kid)?.Peer.Kid ?? kid)] };
        return await BackupRecord
            .SignAsync(RecordKind.BackupManifest, next.ToMembers(session.Now), session.Owner, cancellationToken)
            .ConfigureAwait(false);
    }

    private PeerConnection PeerOf(BackupRecord record, int index)
    {
        var kid = BackupManifest.Read(record).Peers[index - 1];
        return session.Peers.Find(kid) ?? Replacements.Values.First(one => one.Peer.Kid == kid);
    }

    private async Task<RepairedShare> RepairAsync(
        ShareCollection shares,
        BackupRecord record,
        BodySet set,
        ShareHelp help,
        PeerHealth health,
        PeerConnection peer,
        CancellationToken cancellationToken
    )
    {
        var manifest = BackupManifest.Read(record);
        var isNew = Replacements.ContainsKey(shares.Manifest.Peers[health.Index - 1]);
        var patch =
            isNew || !health.HasBody ? null : await BodyPatch.TryAsync(peer, record, set, health, cancellationToken).ConfigureAwait(false);
        if (patch is not null && health.HasKeyShare)
        {
            return new RepairedShare(health.Index, peer.Peer, false, health.Wrong, false, patch);
        }

        var needsBody = patch is null && (isNew || !health.HasBody || health.Wrong.Count > 0);
        var needsKey = isNew || !health.HasKeyShare;
        var body = needsBody ? await RebuildAsync(peer, manifest, set, health.Index, cancellationToken).ConfigureAwait(false) : null;
        Task<string> ConfirmAsync(HelpedShare? helped) =>
            BackupRepair.ConfirmAsync(peer, record, body, helped, health.Epoch, cancellationToken);
        var said = needsKey
            ? await help.AskAsync(manifest, peer, ConfirmAsync, cancellationToken).ConfigureAwait(false)
            : await ConfirmAsync(null).ConfigureAwait(false);
        var epoch = needsKey ? shares.Epochs().First()[0].Answer.Epoch : health.Epoch;
        var receipt = ReceiptCheck.Require(peer, said, record, body, (uint)epoch);
        return new RepairedShare(health.Index, peer.Peer, needsBody, health.Wrong, needsKey, receipt);
    }

    private static async Task<string> ConfirmAsync(
        PeerConnection peer,
        BackupRecord record,
        UploadedBody? body,
        HelpedShare? help,
        long epoch,
        CancellationToken cancellationToken
    )
    {
        var digest = body?.Digest;
        var statement = new ShareStatement(
            record.Text,
            body?.Size,
            digest is null ? null : new DigestView(digest.Method.Name(), digest.Value.ToString(), digest.PartSize),
            Epoch: help?.Request.Epoch ?? epoch,
            Commitments: help is null ? null : Base64UrlText.Encode(help.Commitments),
            Masked: help?.Masked,
            Helpers: help?.Request.Helpers,
            Peers: help?.Request.Peers,
            Keys: help?.Request.Keys,
            Masks: help?.Request.Masks
        );
        var answer = await peer.OrderAsync(PeerRoutes.ConfirmShare, record.Members.Backup, statement, cancellationToken)
            .ConfigureAwait(false);
        return answer.Record;
    }

    private async Task<UploadedBody> RebuildAsync(
        PeerConnection peer,
        BackupManifest manifest,
        BodySet set,
        int index,
        CancellationToken cancellationToken
    )
    {
        using var upload = new BodyUpload(peer, session.Store, manifest.Backup, index, manifest.BodySize, PartSize.For(manifest.BodySize));
        await new BodyRebuild(set, index, manifest.BodySize).WriteToAsync(upload, cancellationToken).ConfigureAwait(false);
        var body = await upload.CompleteAsync(cancellationToken).ConfigureAwait(false);
        if (upload.Failure is { } failure)
        {
            throw new BackupProblem(failure.Code, $"{peer.Peer.Name}: {failure.Detail}");
        }

        return body.Root == manifest.Roots[index - 1]
            ? body
            : throw new BackupProblem(BackupProblem.BadBody, $"Share {index} does not come out as it was stored.");
    }
}
