using FairShare.Backup.Curve;
using FairShare.Backup.Sharing;

namespace FairShare.Backup.Repair;

/// <summary>
/// Gives a peer its lost share from m others, none of which learns it, and without the peer learning theirs or the secret (Herzberg et al.,
/// Crypto '95, share recovery).
/// </summary>
public static class ShareRepair
{
    /// <summary>What a helper sends to the peer that is helped: its share, under the masks of all helpers.</summary>
    /// <param name="share">The helper's share.</param>
    /// <param name="masks">The values that each helper dealt for this one, its own included.</param>
    /// <exception cref="ArgumentException">A mask was dealt for another helper.</exception>
    public static SecretShare Mask(SecretShare share, IEnumerable<SecretShare> masks) =>
        masks.Aggregate(
            share,
            (sum, mask) =>
                mask.Index == share.Index
                    ? sum with
                    {
                        Value = sum.Value + mask.Value,
                        Blinding = sum.Blinding + mask.Blinding,
                    }
                    : throw new ArgumentException($"The mask was dealt for peer {mask.Index}.", nameof(masks))
        );

    /// <summary>Computes the lost share from what the helpers sent.</summary>
    /// <param name="commitments">What the epoch's shares are checked against.</param>
    /// <param name="masked">What m helpers sent.</param>
    /// <param name="lost">The index of the peer that is helped.</param>
    /// <returns>
    /// The share; null when what comes out is not what the dealer committed to: then a helper has sent or dealt something wrong, and the
    /// repair
    /// is tried with others.
    /// </returns>
    public static SecretShare? TryRestore(Commitments commitments, IReadOnlyList<SecretShare> masked, int lost)
    {
        var indices = masked.Select(one => one.Index).ToList();
        if (indices.Count != commitments.Threshold || indices.Distinct().Count() != indices.Count)
        {
            return null;
        }

        Scalar At(Func<SecretShare, Scalar> part) =>
            masked.Aggregate(Scalar.Zero, (sum, one) => sum + (Interpolation.WeightOf(indices, one.Index, lost) * part(one)));

        var share = new SecretShare(lost, At(one => one.Value), At(one => one.Blinding));
        return commitments.Hold(share) ? share : null;
    }
}
