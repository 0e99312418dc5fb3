using FairShare.Backup.Curve;
using FairShare.Core.Identifiers;

namespace FairShare.Backup.Sharing;

/// <summary>An update dealt to n peers: added to their shares of a secret, it gives other shares of the same secret.</summary>
/// <param name="Commitments">What every share of the update is checked against.</param>
/// <param name="Updates">The shares of the update, of the peers 1 to n.</param>
public sealed record UpdateDealing(UpdateCommitments Commitments, IReadOnlyList<SecretShare> Updates)
{
    /// <summary>Deals an update (Herzberg et al., Crypto '95, with Pedersen's commitments).</summary>
    /// <param name="threshold">m, 2 to n.</param>
    /// <param name="total">n, at most 40.</param>
    /// <param name="randomness">Where the polynomials come from.</param>
    /// <exception cref="ArgumentOutOfRangeException">Other numbers.</exception>
    public static UpdateDealing Deal(int threshold, int total, IRandomness randomness)
    {
        SharingLimits.Require(threshold, total);
        var values = SecretPolynomial.Random(Scalar.Zero, threshold, randomness);
        var blindings = SecretPolynomial.Random(Scalar.Zero, threshold, randomness);
        var points = values.Coefficients.Zip(blindings.Coefficients, Sharing.Commitments.Commit).Skip(1);
        var updates = Enumerable.Range(1, total).Select(index => new SecretShare(index, values.At(index), blindings.At(index)));
        return new UpdateDealing(new UpdateCommitments([.. points]), [.. updates]);
    }
}
