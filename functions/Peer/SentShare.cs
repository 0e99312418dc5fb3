using FairShare.Backup.Records;
using FairShare.Backup.Refresh;
using FairShare.Backup.Sharing;
using FairShare.Contracts.Backup;
using FairShare.Core.Encoding;

namespace FairShare.Functions.Peer;

/// <summary>A key share that an owner sends to a peer.</summary>
/// <param name="backup">The backup.</param>
/// <param name="index">The index of the share.</param>
/// <param name="key">The peer's standing key.</param>
internal sealed class SentShare(BackupId backup, int index, AgreementKey key)
{
    /// <summary>The commitments of the share's epoch; they must bind the secret that the manifest's bind.</summary>
    /// <exception cref="Contracts.Http.ProblemException"><c>bad-share</c>.</exception>
    public static Commitments ReadCommitments(ShareStatement statement, BackupManifest manifest) =>
        statement.Commitments is not { } text ? manifest.Commitments
        : Base64UrlText.TryDecode(text, out var octets)
        && Commitments.TryRead(octets) is { } commitments
        && commitments.Threshold == manifest.Parameters.Threshold
        && commitments.BindSameSecretAs(manifest.Commitments)
            ? commitments
        : throw PeerProblems.BadShare.With("The commitments are malformed, or bind another secret than the manifest's.");

    /// <summary>Opens the share; null where it is not what the commitments say.</summary>
    public SecretShare? TryOpen(string text, uint epoch, Commitments commitments) =>
        Base64UrlText.TryDecode(text, out var octets)
        && key.TryOpen(octets, KeyShareFile.ContextOf(backup, epoch, index)) is { } opened
        && KeyShareFile.TryRead(opened, backup) is { } file
        && file.Epoch == epoch
        && file.Share.Index == index
        && commitments.Hold(file.Share)
            ? file.Share
            : null;
}
