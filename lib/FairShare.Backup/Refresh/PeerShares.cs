using FairShare.Backup.Sharing;
using FairShare.Core.Digests;

namespace FairShare.Backup.Refresh;

/// <summary>
/// What a peer keeps of a backup between two steps. It is written as a whole: a crash leaves what was before a step, or after.
/// </summary>
/// <param name="Epoch">The epoch of the current share.</param>
/// <param name="Commitments">What the epoch's shares are checked against.</param>
/// <param name="Current">The share of the epoch; null where the peer missed a refresh, and must be given its share by a repair.</param>
public sealed record PeerShares(uint Epoch, Commitments Commitments, SecretShare? Current)
{
    /// <summary>The key for what is sent to this peer alone in a refresh or a repair; null while neither is under way.</summary>
    public AgreementKey? Key { get; init; }

    /// <summary>The update that the peer has dealt in this epoch, by which it answers accusations; null before.</summary>
    public UpdateDealing? Dealt { get; init; }

    /// <summary>The deal of it, which a repeat is given again; null before.</summary>
    public RefreshDeal? Deal { get; init; }

    /// <summary>The share of the next epoch; null before it is prepared.</summary>
    public PreparedShare? Prepared { get; init; }
}

/// <summary>The share of the next epoch, which waits for the certificate.</summary>
/// <param name="Transcript">The digest of the transcript that it comes from.</param>
/// <param name="Commitments">What the next epoch's shares are checked against.</param>
/// <param name="Share">The share.</param>
public sealed record PreparedShare(Sha256Digest Transcript, Commitments Commitments, SecretShare Share);
