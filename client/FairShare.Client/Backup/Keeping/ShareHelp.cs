using FairShare.Backup.Records;
using FairShare.Client.Backup.Peers;
using FairShare.Client.Backup.Reading;
using FairShare.Contracts.Backup;

namespace FairShare.Client.Backup.Keeping;

/// <summary>What m helpers gave for a peer; nobody but that peer can read it.</summary>
/// <param name="Request">What the helpers were asked at last.</param>
/// <param name="Commitments">The commitments of its epoch.</param>
/// <param name="Masked">What each gave, a MaskedShare.</param>
internal sealed record HelpedShare(HelpRequest Request, byte[] Commitments, IReadOnlyList<string> Masked);

/// <summary>
/// Asks m peers to give another its key share. Whoever runs it carries what they have signed and sealed. A peer that fails, or sends
/// something wrong, is named and helps with no further share of this repair.
/// </summary>
internal sealed class ShareHelp(ShareCollection shares)
{
    private readonly Dictionary<PeerConnection, PeerFailure> failures = [];

    /// <summary>The peers that did not help, or not as they must, and how.</summary>
    public IReadOnlyDictionary<PeerConnection, PeerFailure> Failures => failures;

    /// <summary>Asks for the share of a peer, and gives it to it.</summary>
    /// <param name="manifest">The manifest that stands.</param>
    /// <param name="helped">The peer that has lost its share.</param>
    /// <param name="give">Gives it to the peer; what the peer says of it.</param>
    /// <param name="cancellationToken">Stops it.</param>
    /// <returns>What the peer says.</returns>
    /// <exception cref="BackupProblem"><see cref="BackupProblem.TooFewShares"/>: fewer than m others have theirs and help; <see
    /// cref="BackupProblem.BadAnswer"/>: the peer that is helped accuses falsely.</exception>
    public async Task<string> AskAsync(
        BackupManifest manifest,
        PeerConnection helped,
        Func<HelpedShare, Task<string>> give,
        CancellationToken cancellationToken
    )
    {
        var (epoch, threshold) = (shares.Epochs().First(), manifest.Parameters.Threshold);
        var helpers = epoch
            .Where(one => one.Share is { } share && one.Commitments.Hold(share))
            .Select(one => new Helper(one.Peer, manifest.IndexOf(one.Peer.Peer.Kid)))
            .Where(one => one.Index > 0 && one.Peer.Peer.Kid != helped.Peer.Kid)
            .ToList();
        while (true)
        {
            // Each round names one at least, who does not take part in the next.
            var chosen = helpers.Where(one => !failures.ContainsKey(one.Peer)).Take(threshold).ToList();
            if (chosen.Count < threshold)
            {
                throw TooFew(threshold, helpers.Count(one => !failures.ContainsKey(one.Peer)));
            }

            var round = new HelpRound(manifest, epoch[0].Answer.Epoch, epoch[0].Commitments, helped, chosen);
            var said = await round.RunAsync(give, cancellationToken).ConfigureAwait(false);
            if (said is not null)
            {
                return said;
            }

            foreach (var (peer, failure) in round.Failures)
            {
                failures[peer] = failure;
            }
        }
    }

    private BackupProblem TooFew(int threshold, int helpers) =>
        new(
            BackupProblem.TooFewShares,
            $"{threshold} peers must help, and {helpers} have a good key share and help."
                + string.Concat(failures.Select(one => $" {one.Key.Peer.Name}: {one.Value.Detail} ({one.Value.Code})"))
        );
}
