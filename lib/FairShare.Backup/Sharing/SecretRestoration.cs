using FairShare.Backup.Curve;

namespace FairShare.Backup.Sharing;

/// <summary>What came of putting shares together.</summary>
/// <param name="Secret">The secret; null when fewer than m shares are good.</param>
/// <param name="Bad">The indices that bad shares claim.</param>
public sealed record SecretRestoration(Scalar? Secret, IReadOnlyList<int> Bad)
{
    /// <summary>Puts shares together; those that do not fit the commitments are set aside and named.</summary>
    /// <param name="commitments">The dealing's commitments, as the manifest has them.</param>
    /// <param name="shares">Any shares, in any order; a share that is given twice counts once.</param>
    public static SecretRestoration Restore(Commitments commitments, IEnumerable<SecretShare> shares)
    {
        var judged = shares.Select(share => (Share: share, IsGood: IsGood(commitments, share))).ToList();
        var bad = judged.Where(one => !one.IsGood).Select(one => one.Share.Index).Distinct().Order().ToList();
        var good = judged.Where(one => one.IsGood).Select(one => one.Share).DistinctBy(share => share.Index);
        var chosen = good.Take(commitments.Threshold).ToList();
        return new SecretRestoration(chosen.Count == commitments.Threshold ? Combine(chosen) : null, bad);
    }

    // The place 0 has the secret itself: no peer has that index.
    private static bool IsGood(Commitments commitments, SecretShare share) =>
        share.Index is >= 1 and <= SharingLimits.GreatestTotal && commitments.Hold(share);

    private static Scalar Combine(List<SecretShare> shares)
    {
        var indices = shares.ConvertAll(share => share.Index);
        return shares
            .Select(share => Interpolation.WeightOf(indices, share.Index, 0) * share.Value)
            .Aggregate(Scalar.Zero, (sum, part) => sum + part);
    }
}
