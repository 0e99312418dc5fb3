using FairShare.Backup.Curve;
using FairShare.Backup.Records;
using FairShare.Backup.Refresh;
using FairShare.Backup.Sharing;
using FairShare.Client.Backup.Peers;
using FairShare.Contracts.Backup;
using FairShare.Core.Digests;
using FairShare.Core.Encoding;
using FairShare.Core.Errors;

namespace FairShare.Client.Backup.Reading;

/// <summary>What the peers that answer have of a backup: the manifest that stands, and the shares under it.</summary>
public sealed class ShareCollection
{
    private ShareCollection(
        BackupRecord record,
        IReadOnlyList<HeldShare> held,
        IReadOnlyList<(KnownPeer Peer, PeerFailure Failure)> failures
    )
    {
        (Record, Failures) = (record, failures);
        Manifest = BackupManifest.Read(record);
        Held = [.. held.Where(one => Manifest.IndexOf(one.Peer.Peer.Kid) > 0).OrderBy(one => Manifest.IndexOf(one.Peer.Peer.Kid))];
        Takers = held.Count(one => one.Manifest.Hash == record.Hash);
    }

    /// <summary>The manifest's record: of all that the peers have, the one with the highest number.</summary>
    public BackupRecord Record { get; }

    /// <summary>The manifest.</summary>
    public BackupManifest Manifest { get; }

    /// <summary>What the peers of the manifest have, by index.</summary>
    public IReadOnlyList<HeldShare> Held { get; }

    /// <summary>The peers that did not answer, or not as they must.</summary>
    public IReadOnlyList<(KnownPeer Peer, PeerFailure Failure)> Failures { get; }

    /// <summary>How many peers have that manifest.</summary>
    public int Takers { get; }

    /// <summary>
    /// The number and the predecessor of the manifest that follows. Where peers have taken different changes of one number, the next number
    /// is passed over: it is what those need that have the one that did not stand.
    /// </summary>
    public BackupManifest Next() => Manifest with { Sequence = Manifest.Sequence + (IsForked ? 2 : 1), Previous = Record.Hash };

    /// <summary>Whether peers have taken different changes of the same number.</summary>
    public bool IsForked => Held.Any(one => one.Manifest.Hash != Record.Hash && one.Manifest.Members.Number("seq") == Manifest.Sequence);

    /// <summary>Asks all peers of a session.</summary>
    /// <param name="session">Owner and peers.</param>
    /// <param name="backup">The backup.</param>
    /// <param name="withKeys">Whether the key shares are wanted.</param>
    /// <param name="cancellationToken">Stops it.</param>
    /// <exception cref="BackupProblem"><see cref="BackupProblem.TooFewShares"/>: no peer has anything of it.</exception>
    public static async Task<ShareCollection> CollectAsync(
        BackupSession session,
        BackupId backup,
        bool withKeys,
        CancellationToken cancellationToken
    )
    {
        var key = AgreementKey.New(session.Randomness);
        var request = new ReleaseRequest(withKeys ? Base64UrlText.Encode(key.PublicKey.Span) : null);
        var outcomes = await session
            .Peers.AskAsync(peer => AskAsync(peer, backup, request, key, session, cancellationToken))
            .ConfigureAwait(false);
        var held = outcomes.Where(one => one.Value is not null).Select(one => one.Value!).ToList();
        var failures = outcomes.Where(one => one.Failure is not null).Select(one => (one.Peer.Peer, one.Failure!)).ToList();
        return held.Count > 0
            ? new ShareCollection(Highest(held), held, failures)
            : throw new BackupProblem(
                BackupProblem.TooFewShares,
                $"No peer has anything of the backup {backup}; {failures[0].Item1.Name}: {failures[0].Item2.Detail}"
            );
    }

    /// <summary>The secret, from m shares of one epoch; those that are not what the commitments say are set aside.</summary>
    /// <returns>Null where fewer than m shares of an epoch are good; and the peers whose shares are not.</returns>
    public (Scalar? Secret, IReadOnlyList<KnownPeer> Bad) Restore()
    {
        var bad = new List<KnownPeer>();
        foreach (var epoch in Epochs())
        {
            var restored = SecretRestoration.Restore(epoch[0].Commitments, epoch.Select(one => one.Share).OfType<SecretShare>());
            bad.AddRange(epoch.Where(one => one.Share is null || restored.Bad.Contains(one.Share.Index)).Select(one => one.Peer.Peer));
            if (restored.Secret is { } secret)
            {
                return (secret, bad);
            }
        }

        return (RestoreNext(), bad);
    }

    // A refresh that some have finished and others have given up leaves shares of two epochs, and perhaps too few of either in use. Those
    // of the later one are still with everybody who has prepared it.
    private Scalar? RestoreNext() =>
        Held.SelectMany(one => one.Next)
            .Select(one => one.Commitments)
            .DistinctBy(commitments => Convert.ToHexString(commitments.ToBytes()))
            .Where(commitments => commitments.BindSameSecretAs(Manifest.Commitments))
            .Select(commitments => SecretRestoration.Restore(commitments, SharesUnder(commitments.ToBytes())).Secret)
            .FirstOrDefault(secret => secret is not null);

    private IEnumerable<SecretShare> SharesUnder(byte[] commitments) =>
        Held.Select(one => (one.Commitments, one.Share))
            .Concat(Held.SelectMany(one => one.Next.Select(next => (next.Commitments, Share: (SecretShare?)next.Share))))
            .Where(one => one.Share is not null && one.Commitments.ToBytes().AsSpan().SequenceEqual(commitments))
            .Select(one => one.Share!);

    /// <summary>
    /// The shares by epoch and commitments, the latest and largest first. Any commitments will do that bind the manifest's secret: m shares
    /// that fit them give it.
    /// </summary>
    public IEnumerable<IReadOnlyList<HeldShare>> Epochs() =>
        Held.Where(one => one.Commitments.BindSameSecretAs(Manifest.Commitments))
            .GroupBy(one => (one.Answer.Epoch, one.Answer.Commitments))
            .OrderByDescending(group => group.Count() >= Manifest.Parameters.Threshold)
            .ThenByDescending(group => group.Key.Epoch)
            .Select(group => group.ToList());

    private static BackupRecord Highest(List<HeldShare> held) =>
        held.Select(one => one.Manifest)
            .GroupBy(record => record.Hash)
            .OrderByDescending(group => group.First().Members.Number("seq"))
            .ThenByDescending(group => group.Count())
            .First()
            .First();

    private static async Task<HeldShare> AskAsync(
        PeerConnection peer,
        BackupId backup,
        ReleaseRequest request,
        AgreementKey key,
        BackupSession session,
        CancellationToken cancellationToken
    )
    {
        var answer = await peer.OrderAsync(PeerRoutes.ReleaseShare, backup, request, cancellationToken).ConfigureAwait(false);
        var release = peer.Read(answer.Record, RecordKind.ShareRelease, backup);
        var manifest = ReadManifest(peer, answer.Manifest, backup, session);
        if (
            !Base64UrlText.TryDecode(answer.Commitments, out var octets)
            || Commitments.TryRead(octets) is not { } commitments
            || release.Members.Digest("commitments") != Sha256Digest.Of(octets)
            || release.Members.Number("epoch") != answer.Epoch
        )
        {
            throw peer.BadAnswer("commitments that it has not signed");
        }

        var shareOctets = answer.Share is { } text && Base64UrlText.TryDecode(text, out var sent) ? sent : [];
        if (release.Members.Digest("share") != Sha256Digest.Of(shareOctets))
        {
            throw peer.BadAnswer("a key share that it has not signed");
        }

        var share = Open(answer, answer.Share, (uint)answer.Epoch, backup, key);
        return new HeldShare(peer, answer, manifest, commitments, share, OpenNext(answer, backup, key));
    }

    private static List<(Commitments Commitments, SecretShare Share)> OpenNext(
        ShareReleaseAnswer answer,
        BackupId backup,
        AgreementKey key
    ) =>
        [
            .. from next in answer.Next ?? []
            let commitments = Base64UrlText.TryDecode(next.Commitments, out var octets) ? Commitments.TryRead(octets) : null
            let share = Open(answer, next.Share, (uint)answer.Epoch + 1, backup, key)
            where commitments is not null && share is not null
            select (commitments, share),
        ];

    private static SecretShare? Open(ShareReleaseAnswer answer, string? share, uint epoch, BackupId backup, AgreementKey key) =>
        share is { } text
        && Base64UrlText.TryDecode(text, out var octets)
        && BackupRecord.Parse(answer.Record, RecordKind.ShareRelease).Members.Count("index") is var index
        && key.TryOpen(octets, KeyShareFile.ContextOf(backup, epoch, index)) is { } opened
        && KeyShareFile.TryRead(opened, backup) is { } file
        && file.Share.Index == index
            ? file.Share
            : null;

    private static BackupRecord ReadManifest(PeerConnection peer, string text, BackupId backup, BackupSession session)
    {
        try
        {
            var record = BackupRecord.Parse(text, RecordKind.BackupManifest);
            _ = BackupManifest.Read(record);
            return record.Members.Backup == backup && session.KeyOfOwner(record.KeyId) is { } owner && record.IsSignedBy(owner)
                ? record
                : throw peer.BadAnswer("a manifest that no known owner has signed");
        }
        catch (TokenException fault)
        {
            throw peer.BadAnswer($"a manifest that is refused: {fault.Code}");
        }
    }
}
