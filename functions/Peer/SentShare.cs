using FairShare.Backup.Records;
using FairShare.Backup.Refresh;
using FairShare.Backup.Repair;
using FairShare.Backup.Sharing;
using FairShare.Contracts.Backup;
using FairShare.Core.Encoding;

namespace FairShare.Functions.Peer;

/// <summary>A key share that a peer is sent: by an owner, or by m helpers in its place.</summary>
/// <param name="backup">The backup.</param>
/// <param name="index">The index of the share.</param>
/// <param name="key">The peer's key: the standing one for what an owner sent, that of the repair for what helpers sent.</param>
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
    /// <exception cref="Contracts.Http.ProblemException"><c>bad-share</c>: helpers have not signed it for this repair.</exception>
    public SecretShare? TryOpen(ShareStatement statement, BackupManifest manifest, Commitments commitments)
    {
        var epoch = (uint)statement.Epoch;
        if (statement.Share is { } text)
        {
            return
                Base64UrlText.TryDecode(text, out var octets)
                && key.TryOpen(octets, KeyShareFile.ContextOf(backup, epoch, index)) is { } opened
                && KeyShareFile.TryRead(opened, backup) is { } file
                && file.Epoch == epoch
                && file.Share.Index == index
                && commitments.Hold(file.Share)
                ? file.Share
                : null;
        }

        return ShareRepair.TryRestore(commitments, OpenMasked(statement, manifest), index);
    }

    private List<SecretShare> OpenMasked(ShareStatement statement, BackupManifest manifest)
    {
        var (masked, helpers, epoch) = (statement.Masked ?? [], statement.Helpers ?? [], (uint)statement.Epoch);
        var seals = PeerSeals.Of(manifest, statement.Peers ?? []);
        var repair = new SignedRepair(backup, epoch, index, helpers, seals, statement.Keys ?? []);
        if (masked.Count != helpers.Count || !repair.Keys.Any(one => one.Peer == index && one.Key.Span.SequenceEqual(key.PublicKey.Span)))
        {
            throw PeerProblems.BadShare.With("A helper's share is missing, or the repair is not for the key that the peer has offered.");
        }

        var texts = masked
            .Zip(
                helpers,
                (text, helper) =>
                    (
                        Helper: helper,
                        Text: repair.TryReadShare(text, helper)
                            ?? throw PeerProblems.BadShare.With($"What peer {helper} gave is not signed by it for this repair.")
                    )
            )
            .ToList();
        var numbers = new SealedNumbers(backup, epoch, index);
        return [.. texts.Select(one => numbers.TryOpen(one.Text, one.Helper, index, key, one.Helper)).OfType<SecretShare>()];
    }
}
