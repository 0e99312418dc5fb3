using FairShare.Backup.Records;
using FairShare.Client.Backup.Peers;
using FairShare.Client.Backup.Reading;
using FairShare.Contracts.Backup;
using FairShare.Contracts.Standing;

namespace FairShare.Client.Backup.Standing;

/// <summary>Signs the orders of standing work: one for each peer, good for long, which anybody may carry.</summary>
/// <param name="session">Owner and peers.</param>
public sealed class StandingOrders(BackupSession session)
{
    private static readonly TimeSpan Year = TimeSpan.FromDays(365);
    private static readonly TimeSpan Month = TimeSpan.FromDays(30);

    /// <summary>Orders to prove, for a year: each peer reads its whole body and signs the root of it.</summary>
    /// <returns>The work, and the root that each body must have.</returns>
    /// <exception cref="BackupProblem"><see cref="BackupProblem.TooFewShares"/>: no peer tells what the backup is.</exception>
    public async Task<(StandingWork Work, IReadOnlyList<string> Roots)> ProveAsync(
        BackupId backup,
        TimeSpan interval,
        CancellationToken cancellationToken
    )
    {
        var manifest = (await CollectAsync(backup, cancellationToken).ConfigureAwait(false)).Manifest;
        var action = PeerRoutes.ActionOf(PeerRoutes.ProveShare);
        var peers = await SignAsync(manifest, action, Year, cancellationToken).ConfigureAwait(false);
        var work = new StandingWork(backup.ToString(), action, Seconds(interval), peers, BodySize: manifest.BodySize);
        return (work, [.. manifest.Roots.Select(root => root.ToString())]);
    }

    /// <summary>Orders to refresh, for a year: each is good for all steps of every refresh.</summary>
    /// <exception cref="BackupProblem"><see cref="BackupProblem.TooFewShares"/>: no peer tells what the backup is.</exception>
    public async Task<StandingWork> RefreshAsync(BackupId backup, TimeSpan interval, CancellationToken cancellationToken)
    {
        var shares = await CollectAsync(backup, cancellationToken).ConfigureAwait(false);
        var peers = await SignAsync(shares.Manifest, PeerRoutes.StandingRefresh, Year, cancellationToken).ConfigureAwait(false);
        var epoch = shares.Epochs().First()[0].Answer.Epoch;
        return new StandingWork(backup.ToString(), PeerRoutes.StandingRefresh, Seconds(interval), peers, epoch);
    }

    /// <summary>Orders to delete, for thirty days, for peers that have not confirmed it yet.</summary>
    public static async Task<StandingWork> DeleteAsync(
        BackupId backup,
        IEnumerable<PeerConnection> peers,
        TimeSpan interval,
        CancellationToken cancellationToken
    )
    {
        var action = PeerRoutes.ActionOf(PeerRoutes.DeleteShare);
        var orders = await Task.WhenAll(peers.Select(peer => SignAsync(peer, backup, action, Month, cancellationToken)))
            .ConfigureAwait(false);
        return new StandingWork(backup.ToString(), action, Seconds(interval), orders);
    }

    private Task<ShareCollection> CollectAsync(BackupId backup, CancellationToken cancellationToken) =>
        ShareCollection.CollectAsync(session, backup, withKeys: false, cancellationToken);

    private async Task<IReadOnlyList<StandingPeer>> SignAsync(
        BackupManifest manifest,
        string action,
        TimeSpan validity,
        CancellationToken cancellationToken
    ) =>
        await Task.WhenAll(
                manifest.Peers.Select(kid =>
                    session.Peers.Find(kid) is { } peer
                        ? SignAsync(peer, manifest.Backup, action, validity, cancellationToken)
                        : Task.FromResult(new StandingPeer(""))
                )
            )
            .ConfigureAwait(false);

    private static async Task<StandingPeer> SignAsync(
        PeerConnection peer,
        BackupId backup,
        string action,
        TimeSpan validity,
        CancellationToken cancellationToken
    ) =>
        new(
            peer.Peer.Key,
            peer.Peer.Url,
            await peer.SignAsync(action, backup, new NothingMore(), validity, cancellationToken).ConfigureAwait(false)
        );

    private static long Seconds(TimeSpan interval) => (long)interval.TotalSeconds;
}
