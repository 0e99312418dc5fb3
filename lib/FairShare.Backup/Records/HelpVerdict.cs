using FairShare.Backup.Repair;
using FairShare.Backup.Sharing;

namespace FairShare.Backup.Records;

/// <summary>
/// Judges accusations of one attempt to help: whoever accuses shows what was sent to it, and everybody sees whether that is wrong. If it
/// is, who sent it lies; else who accuses.
/// </summary>
/// <param name="backup">The backup.</param>
/// <param name="epoch">The epoch of the share.</param>
/// <param name="lost">The index of the peer that is helped.</param>
/// <param name="repair">How records of this attempt are read.</param>
/// <param name="dealt">The ShareMasks of the helpers, all of which can be read.</param>
public sealed class HelpVerdict(BackupId backup, uint epoch, int lost, SignedRepair repair, IReadOnlyList<string> dealt)
{
    private readonly SealedNumbers numbers = new(backup, epoch, lost);
    private readonly List<SealedMasks> masks = [.. dealt.Zip(repair.Helpers, repair.TryReadMasks).OfType<SealedMasks>()];

    /// <summary>Who lies, by what a helper says of the masks that were dealt to it; null for what is no accusation.</summary>
    public IReadOnlySet<int>? OfMasks(string accusation, int accuser)
    {
        bool IsWrong(RevealedText shown)
        {
            var of = masks.First(one => one.Helper == shown.From);
            return numbers.IsWrong(of.Texts[accuser], shown, accuser, KeyOf(accuser), accuser, of.Commitments.Hold);
        }

        return Judge(repair.TryReadAccusation(accusation, accuser, dealt), accuser, IsWrong);
    }

    /// <summary>Who lies, by what the peer that is helped says of the helpers' shares; null for what is no accusation.</summary>
    public IReadOnlySet<int>? OfShares(string accusation, Commitments commitments, IReadOnlyList<string> masked)
    {
        var all = masks.ConvertAll(one => one.Commitments);
        bool IsWrong(RevealedText shown)
        {
            var place = masks.FindIndex(one => one.Helper == shown.From);
            var text = repair.TryReadShare(masked[place], shown.From, dealt)!;
            return numbers.IsWrong(text, shown, lost, KeyOf(lost), shown.From, share => MaskCommitments.Hold(commitments, all, share));
        }

        return Judge(repair.TryReadAccusation(accusation, lost, masked), lost, IsWrong);
    }

    private static HashSet<int>? Judge(IReadOnlyList<RevealedText>? shown, int accuser, Func<RevealedText, bool> isWrong) =>
        shown?.Select(one => isWrong(one) ? one.From : accuser).ToHashSet();

    private ReadOnlySpan<byte> KeyOf(int index) => repair.Keys.First(key => key.Peer == index).Key.Span;
}
