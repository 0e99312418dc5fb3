using FairShare.Backup.Records;
using FairShare.Client.Backup.Peers;
using FairShare.Client.Backup.Reading;
using FairShare.Contracts.Backup;

namespace FairShare.Client.Backup.Keeping;

/// <summary>What m helpers gave for a peer; nobody but that peer can read it.</summary>
/// <param name="Epoch">The epoch of the share.</param>
/// <param name="Commitments">Its commitments.</param>
/// <param name="Helpers">The helpers' indices.</param>
/// <param name="Masked">What each gave, sealed for the peer.</param>
internal sealed record HelpedShare(long Epoch, byte[] Commitments, IReadOnlyList<int> Helpers, IReadOnlyList<string> Masked);

/// <summary>Asks m peers to give another its key share. Whoever runs it carries sealed texts.</summary>
internal sealed class ShareHelp(ShareCollection shares)
{
    /// <summary>Asks for the share of an index.</summary>
    /// <exception cref="BackupProblem"><see cref="BackupProblem.TooFewShares"/>: fewer than m others have theirs.</exception>
    public async Task<HelpedShare> AskAsync(BackupManifest manifest, int lost, CancellationToken cancellationToken)
    {
        var epoch = shares.Epochs().First();
        var helpers = epoch
            .Where(one => one.Share is { } share && one.Commitments.Hold(share))
            .Select(one => (one.Peer, Index: manifest.IndexOf(one.Peer.Peer.Kid)))
            .Where(one => one.Index > 0 && one.Index != lost)
            .Take(manifest.Parameters.Threshold)
            .ToList();
        if (helpers.Count < manifest.Parameters.Threshold)
        {
            throw new BackupProblem(
                BackupProblem.TooFewShares,
                $"{manifest.Parameters.Threshold} peers must help, and {helpers.Count} have a good key share."
            );
        }

        var request = new HelpRequest(lost, epoch[0].Answer.Epoch, [.. helpers.Select(one => one.Index)]);
        var dealt = await Task.WhenAll(
                helpers.Select(one => one.Peer.OrderAsync(PeerRoutes.HelpPeer, manifest.Backup, request, cancellationToken))
            )
            .ConfigureAwait(false);
        var masked = await Task.WhenAll(
                helpers.Select(
                    (one, place) =>
                        one.Peer.OrderAsync(
                            PeerRoutes.HelpPeer,
                            manifest.Backup,
                            request with
                            {
                                Masks = [.. dealt.Select(answer => answer.Sealed[place])],
                            },
                            cancellationToken
                        )
                )
            )
            .ConfigureAwait(false);
        return new HelpedShare(
            request.Epoch,
            epoch[0].Commitments.ToBytes(),
            request.Helpers,
            [.. masked.Select(answer => answer.Sealed[0])]
        );
    }
}
