using FairShare.Aws.Backup;
using FairShare.Backup.Integrity;
using FairShare.Backup.Records;
using FairShare.Core.Identifiers;

namespace FairShare.Functions.Peer;

/// <summary>A backup that the peer has given a receipt for.</summary>
internal sealed record StoredBackup(KeptBackup Kept, BackupRecord Record, KeptBody Body, KeptShares Shares, KeyId Peer)
{
    public BackupManifest Manifest { get; } = BackupManifest.Read(Record);

    /// <summary>The index of this peer's share; 0 where the manifest has another peer in its place.</summary>
    public int Index => Manifest.IndexOf(Peer);

    /// <summary>Whether the body has the hashes of its leaves beside it.</summary>
    public bool HasTree => ShareTree.IsKeptBeside(Body.Size);
}
