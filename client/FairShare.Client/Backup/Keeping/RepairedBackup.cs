using FairShare.Backup.Records;
using FairShare.Client.Backup.Peers;

namespace FairShare.Client.Backup.Keeping;

/// <summary>What was done for one share.</summary>
/// <param name="Index">Its index.</param>
/// <param name="Peer">The peer that holds it now.</param>
/// <param name="WholeBody">Whether its body was made anew.</param>
/// <param name="Leaves">Leaves that were put right in their place.</param>
/// <param name="KeyShare">Whether it was given its key share by helpers.</param>
/// <param name="Receipt">The peer's receipt.</param>
public sealed record RepairedShare(
    int Index,
    KnownPeer Peer,
    bool WholeBody,
    IReadOnlyList<int> Leaves,
    bool KeyShare,
    BackupRecord Receipt
);

/// <summary>What came of a repair.</summary>
/// <param name="Manifest">The manifest that stands then.</param>
/// <param name="Repaired">What was done.</param>
/// <param name="Failures">The peers whose shares are still to be repaired, and why.</param>
/// <param name="Takers">How many peers have that manifest.</param>
/// <param name="Traffic">Octets of bodies that were fetched.</param>
/// <param name="Sources">How many bodies a leaf is computed from.</param>
/// <param name="Unhelpful">The peers that were to help others, and failed or sent something wrong.</param>
public sealed record RepairedBackup(
    BackupRecord Manifest,
    IReadOnlyList<RepairedShare> Repaired,
    IReadOnlyList<(KnownPeer Peer, PeerFailure Failure)> Failures,
    int Takers,
    long Traffic,
    int Sources,
    IReadOnlyList<(KnownPeer Peer, PeerFailure Failure)> Unhelpful
);
