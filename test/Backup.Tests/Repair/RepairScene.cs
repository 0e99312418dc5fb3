using FairShare.Backup.Curve;
using FairShare.Backup.Records;
using FairShare.Backup.Refresh;
using FairShare.Backup.Repair;
using FairShare.Backup.Sharing;
using FairShare.Backup.Tests.Records;
using FairShare.Backup.Tests.Refresh;
using FairShare.Core.Identifiers;

namespace FairShare.Backup.Tests.Repair;

/// <summary>What a helper does wrongly.</summary>
internal enum Lie
{
    /// <summary>It deals one helper a mask that is not what it committed to.</summary>
    Mask,

    /// <summary>It deals one helper a text that does not open.</summary>
    Garbage,

    /// <summary>It passes off what another helper sealed as its own mask.</summary>
    AnothersText,

    /// <summary>It sends something else than its share.</summary>
    Share,

    /// <summary>It accuses another, and shows a text that was right.</summary>
    Accusation,

    /// <summary>It accuses another, and shows a point that is not that of its key.</summary>
    Point,
}

/// <summary>n peers of which the last has lost its share, and some of the others lie; every record is signed, and read as others read
/// it.</summary>
internal sealed class RepairScene : IDisposable
{
    private static readonly DateTimeOffset Now = Timestamp.Truncate(DateTimeOffset.UnixEpoch.AddYears(50));

    private readonly SeededRandomness randomness;
    private readonly BackupId backup;
    private readonly SecretDealing dealing;
    private readonly List<RecordSigner> seals;
    private readonly List<AgreementKey> keys;
    private readonly int lost;
    private readonly IReadOnlyDictionary<int, Lie> liars;
    private readonly SealedNumbers numbers;

    public RepairScene(int threshold, int total, IReadOnlyDictionary<int, Lie> liars)
    {
        randomness = new SeededRandomness((threshold * 100) + total);
        (backup, lost, this.liars) = (BackupId.New(randomness), total, liars);
        dealing = SecretDealing.Deal(Scalar.Random(randomness), threshold, total, randomness);
        seals = [.. Enumerable.Range(0, total).Select(_ => new RecordSigner())];
        keys = [.. Enumerable.Range(0, total).Select(_ => AgreementKey.New(randomness))];
        numbers = new SealedNumbers(backup, 0, lost);
    }

    /// <summary>What the peer that is helped must get.</summary>
    public SecretShare Expected => dealing.Shares[lost - 1];

    public void Dispose() => seals.ForEach(seal => seal.Dispose());

    /// <summary>One attempt.</summary>
    /// <returns>The share, or who lies.</returns>
    public async Task<(SecretShare? Share, IReadOnlySet<int> Liars)> TryAsync(IReadOnlyList<int> helpers)
    {
        var repair = new SignedRepair(backup, 0, lost, helpers, [.. seals.Select(seal => seal.Key)], await OfferAsync(helpers));
        var dealt = new List<string>();
        foreach (var helper in helpers)
        {
            dealt.Add(await DealAsync(repair, helpers, helper, dealt));
        }

        var (verdict, masked, found) = (new HelpVerdict(backup, 0, lost, repair, dealt), new List<string>(), new HashSet<int>());
        foreach (var helper in helpers)
        {
            masked.Add(await MaskAsync(repair, dealt, helper));
            found.UnionWith(verdict.OfMasks(masked[^1], helper) ?? new HashSet<int>());
            Assert.NotEqual(verdict.OfMasks(masked[^1], helper) is null, repair.TryReadShare(masked[^1], helper, dealt) is null);
        }

        return found.Count > 0 ? (null, found) : await RestoreAsync(repair, verdict, dealt, masked);
    }

    private async Task<(SecretShare? Share, IReadOnlySet<int> Liars)> RestoreAsync(
        SignedRepair repair,
        HelpVerdict verdict,
        List<string> dealt,
        List<string> masked
    )
    {
        var commitments = repair.Helpers.Zip(dealt, (helper, text) => repair.TryReadMasks(text, helper)!.Commitments).ToList();
        var opened = repair
            .Helpers.Zip(masked, (helper, text) => (Helper: helper, Text: repair.TryReadShare(text, helper, dealt)!))
            .Select(one => (one.Helper, one.Text, Share: numbers.TryOpen(one.Text, one.Helper, lost, keys[lost - 1], one.Helper)))
            .ToList();
        var wrong = opened
            .Where(one => one.Share is null || !MaskCommitments.Hold(dealing.Commitments, commitments, one.Share))
            .Select(one => numbers.Reveal(one.Text, one.Helper, lost, keys[lost - 1], randomness))
            .ToList();
        if (wrong.Count == 0)
        {
            return (ShareRepair.TryRestore(dealing.Commitments, [.. opened.Select(one => one.Share!)], lost), new HashSet<int>());
        }

        var accusation = await SignAsync(RecordKind.HelpAccusation, repair.WriteAccusation(lost, masked, wrong, Now), lost);
        return (null, verdict.OfShares(accusation, dealing.Commitments, masked)!);
    }

    private async Task<List<string>> OfferAsync(IReadOnlyList<int> helpers)
    {
        var offered = new List<string>();
        foreach (var index in helpers.Append(lost))
        {
            var members = RefreshRecords.WriteKey(keys[index - 1].PublicKey, backup, 0, Now);
            offered.Add(await SignAsync(RecordKind.EphemeralKey, members, index));
        }

        return offered;
    }

    private async Task<string> DealAsync(SignedRepair repair, IReadOnlyList<int> helpers, int helper, List<string> before)
    {
        var masks = MaskDealing.Deal(helpers, lost, randomness);
        var victim = helpers.First(index => index != helper);
        var texts = masks.Masks.Select(mask => SealMask(repair, helper, mask, mask.Index == victim, before));
        return await SignAsync(RecordKind.ShareMasks, repair.WriteMasks(helper, masks.Commitments, texts, Now), helper);
    }

    private byte[] SealMask(SignedRepair repair, int helper, SecretShare mask, bool isVictim, List<string> before)
    {
        var lie = isVictim && liars.TryGetValue(helper, out var one) ? one : (Lie?)null;
        var value = lie == Lie.Mask ? mask with { Value = mask.Value + Scalar.Of(1) } : mask;
        var text = numbers.Seal(value, helper, mask.Index, keys[mask.Index - 1].PublicKey.Span, randomness);
        if (lie == Lie.Garbage)
        {
            text[^1] ^= 1;
        }

        return lie == Lie.AnothersText ? repair.TryReadMasks(before[0], repair.Helpers[0])!.Texts[mask.Index] : text;
    }

    private async Task<string> MaskAsync(SignedRepair repair, List<string> dealt, int helper)
    {
        var key = keys[helper - 1];
        var masks = repair.Helpers.Zip(dealt, (from, text) => repair.TryReadMasks(text, from)!).ToList();
        var opened = masks.ConvertAll(one => (Of: one, Mask: numbers.TryOpen(one.Texts[helper], one.Helper, helper, key, helper)));
        var lie = liars.TryGetValue(helper, out var one) ? one : (Lie?)null;
        var wrong = opened
            .Where(one => one.Mask is null || !one.Of.Commitments.Hold(one.Mask))
            .Concat(lie is Lie.Accusation or Lie.Point ? opened.Where(one => one.Of.Helper != helper).Take(1) : [])
            .Select(one => numbers.Reveal(one.Of.Texts[helper], one.Of.Helper, helper, key, randomness))
            .Select(shown => lie == Lie.Point ? shown with { Shared = CurvePoint.Generator.ToBytes() } : shown)
            .ToList();
        if (wrong.Count > 0)
        {
            return await SignAsync(RecordKind.HelpAccusation, repair.WriteAccusation(helper, dealt, wrong, Now), helper);
        }

        var share = ShareRepair.Mask(dealing.Shares[helper - 1], opened.Select(one => one.Mask!));
        var sent = lie == Lie.Share ? share with { Blinding = share.Blinding + Scalar.Of(1) } : share;
        var text = numbers.Seal(sent, helper, lost, keys[lost - 1].PublicKey.Span, randomness);
        return await SignAsync(RecordKind.MaskedShare, repair.WriteShare(helper, dealt, text, Now), helper);
    }

    private async Task<string> SignAsync(RecordKind kind, RecordMembers members, int index) =>
        (await BackupRecord.SignAsync(kind, members, seals[index - 1], TestContext.Current.CancellationToken)).Text;
}
