using FairShare.Backup.Records;
using FairShare.Client.Backup.Peers;
using FairShare.Client.Backup.Reading;
using FairShare.Contracts.Backup;

namespace FairShare.Client.Backup.Keeping;

/// <summary>Hands a manifest out to the peers that hold shares under the one before it.</summary>
internal static class ManifestChange
{
    /// <summary>Has all of them take it.</summary>
    /// <returns>How many have it then.</returns>
    /// <exception cref="BackupProblem"><see cref="BackupProblem.ManifestConflict"/>: peers have taken another change.</exception>
    public static async Task<int> HandOutAsync(ShareCollection shares, BackupRecord record, CancellationToken cancellationToken)
    {
        var backup = record.Members.Backup;
        var peers = shares.Held.Where(one => one.Manifest.Hash != record.Hash).Select(one => one.Peer).ToList();
        var outcomes = await PeerGroup
            .AskAsync(peers, peer => peer.OrderAsync(PeerRoutes.TakeManifest, backup, new ManifestRequest(record.Text), cancellationToken))
            .ConfigureAwait(false);
        if (outcomes.FirstOrDefault(one => one.Failure?.Code == BackupProblem.ManifestConflict) is { Failure: { } conflict } first)
        {
            throw new BackupProblem(conflict.Code, $"{first.Peer.Peer.Name}: {conflict.Detail}");
        }

        return outcomes.Count(one => one.Failure is null) + shares.Held.Count - peers.Count;
    }
}
