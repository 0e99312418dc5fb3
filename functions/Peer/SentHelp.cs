using FairShare.Backup.Records;
using FairShare.Backup.Refresh;
using FairShare.Backup.Repair;
using FairShare.Backup.Sharing;
using FairShare.Contracts.Backup;
using FairShare.Contracts.Http;
using FairShare.Core.Identifiers;

namespace FairShare.Functions.Peer;

/// <summary>A key share that m helpers send, each its own under the masks of all.</summary>
/// <param name="backup">The backup.</param>
/// <param name="index">The index of the share that is given back.</param>
/// <param name="key">The peer's key of the repair.</param>
internal sealed class SentHelp(BackupId backup, int index, AgreementKey key)
{
    /// <summary>Reads the masks of all helpers.</summary>
    /// <exception cref="ProblemException">One is missing, or not signed by its helper for this repair.</exception>
    public static IReadOnlyList<SealedMasks> ReadMasks(
        SignedRepair repair,
        IReadOnlyList<int> helpers,
        IReadOnlyList<string> dealt,
        ProblemType problem
    ) =>
        dealt.Count == helpers.Count
            ? dealt
                .Zip(
                    helpers,
                    (text, helper) =>
                        repair.TryReadMasks(text, helper)
                        ?? throw problem.With($"The masks of peer {helper} are not signed by it for this repair.")
                )
                .ToList()
            : throw problem.With("There must be the masks of each helper, in the helpers' order.");

    /// <summary>Opens what the helpers sent.</summary>
    /// <param name="statement">What was sent.</param>
    /// <param name="manifest">The manifest, which has the helpers' seals.</param>
    /// <param name="commitments">The commitments of the share's epoch.</param>
    /// <param name="randomness">For the proofs of an accusation.</param>
    /// <returns>The share; or null, and what shows who has sent something wrong.</returns>
    /// <exception cref="ProblemException"><c>bad-share</c>: helpers have not signed it for this repair.</exception>
    public (SecretShare? Share, Func<DateTimeOffset, RecordMembers>? Accusation) Open(
        ShareStatement statement,
        BackupManifest manifest,
        Commitments commitments,
        IRandomness randomness
    )
    {
        var (masked, helpers, epoch) = (statement.Masked ?? [], statement.Helpers ?? [], (uint)statement.Epoch);
        var seals = PeerSeals.Of(manifest, statement.Peers ?? []);
        var repair = new SignedRepair(backup, epoch, index, helpers, seals, statement.Keys ?? []);
        if (masked.Count != helpers.Count || !repair.Keys.Any(one => one.Peer == index && one.Key.Span.SequenceEqual(key.PublicKey.Span)))
        {
            throw PeerProblems.BadShare.With("A helper's share is missing, or the repair is not for the key that the peer has offered.");
        }

        var dealt = statement.Masks ?? [];
        var texts = ReadTexts(repair, masked, helpers, dealt);
        var masks = ReadMasks(repair, helpers, dealt, PeerProblems.BadShare).Select(one => one.Commitments).ToList();
        var numbers = new SealedNumbers(backup, epoch, index);
        var opened = texts.ConvertAll(one => (one.Helper, one.Text, Share: numbers.TryOpen(one.Text, one.Helper, index, key, one.Helper)));
        var wrong = opened
            .Where(one => one.Share is null || !MaskCommitments.Hold(commitments, masks, one.Share))
            .Select(one => numbers.Reveal(one.Text, one.Helper, index, key, randomness))
            .ToList();
        return wrong.Count > 0
            ? (null, gen => repair.WriteAccusation(index, masked, wrong, gen))
            : (ShareRepair.TryRestore(commitments, [.. opened.Select(one => one.Share!)], index), null);
    }

    private static List<(int Helper, byte[] Text)> ReadTexts(
        SignedRepair repair,
        IReadOnlyList<string> masked,
        IReadOnlyList<int> helpers,
        IReadOnlyList<string> dealt
    ) =>
        masked
            .Zip(
                helpers,
                (text, helper) =>
                    (
                        helper,
                        repair.TryReadShare(text, helper, dealt)
                            ?? throw PeerProblems.BadShare.With($"What peer {helper} gave is not signed by it for this repair.")
                    )
            )
            .ToList();
}
