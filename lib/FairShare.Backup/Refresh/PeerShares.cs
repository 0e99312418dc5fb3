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

    /// <summary>The attempt at the next epoch in which the peer takes part; from 0.</summary>
    public uint Attempt { get; init; }

    /// <summary>The share of the next epoch; null before it is prepared.</summary>
    public PreparedShare? Prepared { get; init; }

    /// <summary>
    /// What was prepared in earlier attempts and given up, oldest first. It stays until the next epoch begins: a certificate of it may be
    /// in the world, and others may have followed it.
    /// </summary>
    public IReadOnlyList<PreparedShare> GivenUp { get; init; } = [];

    /// <summary>What the peer has said last that it holds for the next epoch; null before it has said anything.</summary>
    public PreparedShare? Last => Prepared ?? (GivenUp.Count > 0 ? GivenUp[^1] : null);
}

/// <summary>The share of the next epoch, which waits for the certificate.</summary>
/// <param name="Transcript">The digest of the transcript that it comes from.</param>
/// <param name="Commitments">What the next epoch's shares are checked against.</param>
/// <param name="Share">The share.</param>
/// <param name="Attempt">The attempt in which it was prepared.</param>
public sealed record PreparedShare(Sha256Digest Transcript, Commitments Commitments, SecretShare Share, uint Attempt);
