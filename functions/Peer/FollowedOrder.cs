using FairShare.Aws.Backup;
using FairShare.Backup.Records;
using FairShare.Core.Digests;
using FairShare.Core.Identifiers;

namespace FairShare.Functions.Peer;

/// <summary>An order that this peer follows.</summary>
/// <param name="Backup">The backup.</param>
/// <param name="Owner">Who gave it.</param>
/// <param name="Hash">The order's hash.</param>
/// <param name="Content">What is said besides.</param>
/// <param name="Kept">What the peer keeps of the backup; null where it keeps nothing.</param>
/// <param name="Peer">This peer's seal.</param>
internal sealed record FollowedOrder<TContent>(
    BackupId Backup,
    Core.Keys.PublicKey Owner,
    Sha256Digest Hash,
    TContent Content,
    KeptBackup? Kept,
    KeyId Peer
)
{
    /// <summary>What the peer keeps.</summary>
    /// <exception cref="Contracts.Http.ProblemException"><c>backup-not-found</c>: nothing that there is a receipt for.</exception>
    public StoredBackup RequireStored() =>
        Kept is { Phase: KeptPhase.Stored, Manifest: { } text, Body: { } body, Shares: { } shares }
            ? new StoredBackup(Kept, BackupRecord.Parse(text, RecordKind.BackupManifest), body, shares, Peer)
            : throw this.NotFound();
}
