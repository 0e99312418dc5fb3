using FairShare.Backup.Curve;

namespace FairShare.Backup.Sharing;

/// <summary>Lagrange's interpolation: the value of a polynomial where it is not known, from values where it is.</summary>
internal static class Interpolation
{
    /// <summary>By what the value at one index counts for the value at another place.</summary>
    /// <param name="indices">Where the values are known: as many different indices as the polynomial has coefficients.</param>
    /// <param name="index">One of them.</param>
    /// <param name="place">Where the value is wanted; 0 for the secret.</param>
    public static Scalar WeightOf(IReadOnlyList<int> indices, int index, int place)
    {
        var (numerator, denominator) = (Scalar.Of(1), Scalar.Of(1));
        foreach (var other in indices.Where(other => other != index))
        {
            numerator *= Scalar.Of(place) - Scalar.Of(other);
            denominator *= Scalar.Of(index) - Scalar.Of(other);
        }

        return numerator * denominator.Invert();
    }
}
