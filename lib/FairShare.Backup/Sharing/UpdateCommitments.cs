using FairShare.Backup.Curve;

namespace FairShare.Backup.Sharing;

/// <summary>
/// Commitments to an update of shares: as <see cref="Commitments"/>, but of polynomials whose constants are zero. The point of the
/// constants is not there: who adds such an update cannot change the secret, whatever the dealer wishes.
/// </summary>
public sealed class UpdateCommitments
{
    internal UpdateCommitments(IReadOnlyList<CurvePoint> points) => Points = points;

    /// <summary>The points of the coefficients 1 to m - 1.</summary>
    internal IReadOnlyList<CurvePoint> Points { get; }

    /// <summary>Reads the m - 1 compressed points, one behind the other.</summary>
    /// <param name="octets">The points.</param>
    /// <param name="threshold">m.</param>
    /// <returns>Null for another number of points, and for what is no such list.</returns>
    public static UpdateCommitments? TryRead(ReadOnlySpan<byte> octets, int threshold)
    {
        if (octets.Length != (threshold - 1) * CurvePoint.Size)
        {
            return null;
        }

        var points = new List<CurvePoint>();
        for (var place = 0; place < octets.Length; place += CurvePoint.Size)
        {
            if (CurvePoint.TryRead(octets.Slice(place, CurvePoint.Size)) is not { } point)
            {
                return null;
            }

            points.Add(point);
        }

        return new UpdateCommitments(points);
    }

    /// <summary>Writes the points, one behind the other.</summary>
    public byte[] ToBytes() => [.. Points.SelectMany(point => point.ToBytes())];

    /// <summary>Whether a share of the update is what the dealer committed to.</summary>
    public bool Hold(SecretShare update) =>
        Commitments.Commit(update.Value, update.Blinding) == Commitments.At([CurvePoint.Infinity, .. Points], update.Index);
}
