using FairShare.Backup.Records;
using FairShare.Client.Backup.Peers;

namespace FairShare.Client.Backup.Storing;

/// <summary>A backup that is stored.</summary>
/// <param name="Manifest">The manifest's record.</param>
/// <param name="Receipts">The receipts' records, with the peers that gave them.</param>
/// <param name="Failures">The peers that failed.</param>
/// <param name="StoredSize">The octets of all bodies together.</param>
public sealed record CreatedBackup(
    BackupRecord Manifest,
    IReadOnlyList<(KnownPeer Peer, BackupRecord Receipt)> Receipts,
    IReadOnlyList<(KnownPeer Peer, PeerFailure Failure)> Failures,
    long StoredSize
);
