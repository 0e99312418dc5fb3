using FairShare.Backup.Records;
using FairShare.Contracts.Backup;
using FairShare.Contracts.Http;

namespace FairShare.Functions.Peer;

/// <summary>Which manifests a peer takes.</summary>
internal static class PeerManifests
{
    /// <summary>A manifest that may take the place of the one that is kept.</summary>
    /// <exception cref="ProblemException"><c>manifest-conflict</c>.</exception>
    /// <exception cref="Core.Errors.TokenException">It is malformed, or the order's key did not sign it.</exception>
    public static BackupRecord RequireManifest<TContent>(this FollowedOrder<TContent> order, string text)
    {
        var standing = order.Kept?.Manifest is { } kept ? BackupRecord.Parse(kept, RecordKind.BackupManifest) : null;
        if (standing?.Text == text)
        {
            return standing;
        }

        var next = BackupRecord.Verify(text, RecordKind.BackupManifest, order.Owner);
        return next.Members.Backup != order.Backup ? throw PeerProblems.ManifestConflict.With("The manifest is of another backup.")
            : ManifestSuccession.Allows(standing, next) ? next
            : throw PeerProblems.ManifestConflict.With(
                "The manifest does not follow the one that the peer has; read that one, and make the change again."
            );
    }

    /// <summary>What is said where nothing is kept.</summary>
    public static ProblemException NotFound<TContent>(this FollowedOrder<TContent> order) =>
        order.Kept?.Phase == Aws.Backup.KeptPhase.Deleted
            ? PeerProblems.BackupDeleted.With("The backup was deleted here.")
            : PeerProblems.BackupNotFound.With("The peer has given no receipt for this backup.");
}
