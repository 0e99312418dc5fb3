namespace FairShare.Aws.Backup;

/// <summary>The kinds of partition of a peer's table: what their keys begin with.</summary>
public static class PeerPartitions
{
    /// <summary>What the peer keeps of a backup, and the orders that it has followed.</summary>
    public const string Backup = "BACKUP#";

    /// <summary>The peer's own: its agreement key, the room that is taken, and the roster of its group.</summary>
    public const string Peer = "PEER#";
}
