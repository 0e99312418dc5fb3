using FairShare.Backup.Curve;
using FairShare.Core.Identifiers;

namespace FairShare.Backup.Sharing;

/// <summary>A polynomial over P-256's scalars, the constant first.</summary>
internal sealed class SecretPolynomial(IReadOnlyList<Scalar> coefficients)
{
    public IReadOnlyList<Scalar> Coefficients => coefficients;

    /// <summary>A polynomial with that constant and random coefficients otherwise.</summary>
    public static SecretPolynomial Random(Scalar constant, int threshold, IRandomness randomness) =>
        new([constant, .. Enumerable.Range(1, threshold - 1).Select(_ => Scalar.Random(randomness))]);

    public Scalar At(int index)
    {
        var (place, value) = (Scalar.Of(index), Scalar.Zero);
        foreach (var coefficient in coefficients.Reverse())
        {
            value = (value * place) + coefficient;
        }

        return value;
    }
}
