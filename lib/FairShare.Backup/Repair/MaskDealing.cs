using FairShare.Backup.Curve;
using FairShare.Backup.Sharing;
using FairShare.Core.Identifiers;

namespace FairShare.Backup.Repair;

/// <summary>
/// What one helper gives to all helpers before they give a lost share back: values of a polynomial that is zero where the lost share is.
/// They hide the helpers' shares from the peer that is helped, and cancel out in its own.
/// </summary>
/// <param name="Commitments">What every value is checked against.</param>
/// <param name="Masks">The values for each helper, to be sealed for it alone.</param>
public sealed record MaskDealing(MaskCommitments Commitments, IReadOnlyList<SecretShare> Masks)
{
    /// <summary>Deals a mask.</summary>
    /// <param name="helpers">The indices of the m helpers.</param>
    /// <param name="lost">The index of the peer that is helped; none of the helpers.</param>
    /// <param name="randomness">Where the polynomials come from.</param>
    /// <exception cref="ArgumentException">The helpers are not different, too few, or one of them is the peer that is helped.</exception>
    public static MaskDealing Deal(IReadOnlyList<int> helpers, int lost, IRandomness randomness)
    {
        if (helpers.Count < SharingLimits.LeastThreshold || helpers.Append(lost).Distinct().Count() != helpers.Count + 1)
        {
            throw new ArgumentException("A share is given back by at least two different helpers, who are others.", nameof(helpers));
        }

        // (x - r) times a random polynomial of one degree less is random but for its value at r.
        var values = SecretPolynomial.Random(Scalar.Random(randomness), helpers.Count - 1, randomness);
        var blindings = SecretPolynomial.Random(Scalar.Random(randomness), helpers.Count - 1, randomness);
        var masks = helpers.Select(index =>
        {
            var factor = Scalar.Of(index) - Scalar.Of(lost);
            return new SecretShare(index, factor * values.At(index), factor * blindings.At(index));
        });
        return new MaskDealing(MaskCommitments.To(values, blindings, lost), [.. masks]);
    }
}
