using FairShare.Aws.Table;
using FairShare.Backup.Records;
using FairShare.Core.Identifiers;

namespace FairShare.Aws.Backup;

/// <summary>The keys of a peer's items.</summary>
internal static class PeerItemKeys
{
    public static ItemKey Backup(BackupId id) => new(PeerPartitions.Backup + id, "KEPT");

    public static ItemKey Nonce(BackupId id, Nonce nonce) => new(PeerPartitions.Backup + id, "NONCE#" + nonce);

    public static ItemKey Agreement => new(PeerPartitions.Peer, "AGREEMENT");

    public static ItemKey Roster => new(PeerPartitions.Peer, "ROSTER");

    public static ItemKey Room => new(PeerPartitions.Peer, "ROOM");
}
