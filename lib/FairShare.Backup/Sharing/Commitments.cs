using FairShare.Backup.Curve;

namespace FairShare.Backup.Sharing;

/// <summary>
/// Pedersen's commitments to the coefficients of the two polynomials of a sharing (Crypto '91): A_k = a_k·G + b_k·H. They bind the dealer
/// to one secret, and hide it from everybody, whatever they can compute.
/// </summary>
public sealed class Commitments
{
    private readonly IReadOnlyList<CurvePoint> points;

    internal Commitments(IReadOnlyList<CurvePoint> points) => this.points = points;

    /// <summary>m: how many shares give the secret.</summary>
    public int Threshold => points.Count;

    // Nobody knows H's logarithm to the base G: who knew it could open a commitment to any number.
    private static CurvePoint H { get; } = HashToCurve.Hash("H"u8, "fairshare.backup.v1 P256_XMD:SHA-256_SSWU_RO_"u8);

    /// <summary>Reads the m compressed points, one behind the other.</summary>
    /// <returns>Null for what is no such list.</returns>
    public static Commitments? TryRead(ReadOnlySpan<byte> octets)
    {
        var points = new List<CurvePoint>();
        for (var place = 0; place < octets.Length; place += CurvePoint.Size)
        {
            if (CurvePoint.TryRead(octets[place..Math.Min(place + CurvePoint.Size, octets.Length)]) is not { } point)
            {
                return null;
            }

            points.Add(point);
        }

        return points.Count is >= SharingLimits.LeastThreshold and <= SharingLimits.GreatestTotal ? new Commitments(points) : null;
    }

    /// <summary>Writes the m compressed points, one behind the other.</summary>
    public byte[] ToBytes() => [.. points.SelectMany(point => point.ToBytes())];

    /// <summary>
    /// Whether both are commitments to the same secret: the first point stays through every refresh, and who knows shares that fit other
    /// points under it has the same secret.
    /// </summary>
    public bool BindSameSecretAs(Commitments other) => points[0] == other.points[0];

    /// <summary>Whether a share is what the dealer committed to.</summary>
    public bool Hold(SecretShare share) => Commit(share.Value, share.Blinding) == At(points, share.Index);

    /// <summary>The commitment to the share of an index.</summary>
    internal CurvePoint At(int index) => At(points, index);

    internal static CurvePoint Commit(Scalar value, Scalar blinding) => (value * CurvePoint.Generator) + (blinding * H);

    internal static Commitments To(SecretPolynomial values, SecretPolynomial blindings) =>
        new([.. values.Coefficients.Zip(blindings.Coefficients, Commit)]);

    /// <summary>The commitments after updates; the first, to the secret, stays.</summary>
    public Commitments Add(IEnumerable<UpdateCommitments> updates) =>
        new(updates.Aggregate(points, (sum, update) => [sum[0], .. sum.Skip(1).Zip(update.Points, (point, change) => point + change)]));

    internal static CurvePoint At(IReadOnlyList<CurvePoint> points, int index)
    {
        var (place, sum) = (Scalar.Of(index), CurvePoint.Infinity);
        foreach (var point in points.Reverse())
        {
            sum = (place * sum) + point;
        }

        return sum;
    }
}
