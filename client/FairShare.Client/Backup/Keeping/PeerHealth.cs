using FairShare.Client.Backup.Peers;

namespace FairShare.Client.Backup.Keeping;

/// <summary>How one share of a backup is.</summary>
/// <param name="Index">Its index.</param>
/// <param name="Peer">The peer; null where the manifest has one that is not noted.</param>
/// <param name="Failure">Why nothing is known of it; null where it answered.</param>
/// <param name="HasKeyShare">Whether it has a key share of the epoch that most have.</param>
/// <param name="Epoch">The epoch of that.</param>
/// <param name="HasManifest">Whether it has the manifest that stands.</param>
/// <param name="Leaves">How many leaves its body has.</param>
/// <param name="Checked">How many of them were looked at.</param>
/// <param name="Wrong">Those that are not what was stored.</param>
/// <param name="HasBody">Whether its body can be read at all, and its hashes are those under the manifest's root.</param>
public sealed record PeerHealth(
    int Index,
    KnownPeer? Peer,
    PeerFailure? Failure,
    bool HasKeyShare,
    long Epoch,
    bool HasManifest,
    int Leaves,
    int Checked,
    IReadOnlyList<int> Wrong,
    bool HasBody
)
{
    /// <summary>Whether nothing is wrong.</summary>
    public bool IsGood => Failure is null && HasKeyShare && HasBody && HasManifest && Wrong.Count == 0;

    /// <summary>Whether it helps to restore: key share and body are there.</summary>
    public bool Counts => Failure is null && HasKeyShare && HasBody;
}

/// <summary>How a backup is.</summary>
/// <param name="Shares">What the peers answered.</param>
/// <param name="Peers">Each share, by index.</param>
/// <param name="Traffic">Octets of bodies that were fetched.</param>
public sealed record BackupHealth(Reading.ShareCollection Shares, IReadOnlyList<PeerHealth> Peers, long Traffic)
{
    /// <summary>How many more shares may be lost before the backup is.</summary>
    public int Spare => Peers.Count(peer => peer.Counts) - Shares.Manifest.Parameters.Threshold;
}
