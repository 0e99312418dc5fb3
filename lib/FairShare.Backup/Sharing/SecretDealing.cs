using FairShare.Backup.Curve;
using FairShare.Core.Identifiers;

namespace FairShare.Backup.Sharing;

/// <summary>A secret dealt to n peers, so that any m of their shares give it and fewer say nothing of it.</summary>
/// <param name="Commitments">What every share is checked against; they say nothing of the secret.</param>
/// <param name="Shares">The shares of the peers 1 to n.</param>
public sealed record SecretDealing(Commitments Commitments, IReadOnlyList<SecretShare> Shares)
{
    /// <summary>Deals a secret (Pedersen, Crypto '91).</summary>
    /// <param name="secret">Any scalar.</param>
    /// <param name="threshold">m, 2 to n.</param>
    /// <param name="total">n, at most 40.</param>
    /// <param name="randomness">Where the polynomials come from: with the same randomness the dealing is the same.</param>
    /// <exception cref="ArgumentOutOfRangeException">Other numbers.</exception>
    public static SecretDealing Deal(Scalar secret, int threshold, int total, IRandomness randomness)
    {
        SharingLimits.Require(threshold, total);
        var values = SecretPolynomial.Random(secret, threshold, randomness);
        var blindings = SecretPolynomial.Random(Scalar.Random(randomness), threshold, randomness);
        var shares = Enumerable.Range(1, total).Select(index => new SecretShare(index, values.At(index), blindings.At(index)));
        return new SecretDealing(Commitments.To(values, blindings), [.. shares]);
    }
}
