using Org.BouncyCastle.Asn1.X9;
using Org.BouncyCastle.Crypto.EC;
using Org.BouncyCastle.Math;
using Org.BouncyCastle.Math.EC;

namespace FairShare.Backup.Curve;

/// <summary>A point of P-256, the point at infinity included.</summary>
public readonly struct CurvePoint : IEquatable<CurvePoint>
{
    /// <summary>The octets of a point's encoding.</summary>
    public const int Size = 33;

    private static readonly X9ECParameters P256 = CustomNamedCurves.GetByName("P-256");

    private readonly ECPoint? point;

    private CurvePoint(ECPoint point) => this.point = point.Normalize();

    /// <summary>The base point.</summary>
    public static CurvePoint Generator { get; } = new(P256.G);

    /// <summary>The point at infinity, which adds nothing.</summary>
    public static CurvePoint Infinity => default;

    /// <summary>Whether this is the point at infinity.</summary>
    public bool IsInfinity => point is null || point.IsInfinity;

    private ECPoint Point => point ?? P256.Curve.Infinity;

    /// <summary>Reads a compressed point (SEC 1, section 2.3.4).</summary>
    /// <returns>Null for another number of octets, and for what is no point of the curve; infinity has no encoding.</returns>
    public static CurvePoint? TryRead(ReadOnlySpan<byte> octets)
    {
        if (octets.Length != Size || octets[0] is not (2 or 3))
        {
            return null;
        }

        try
        {
            return new CurvePoint(P256.Curve.DecodePoint(octets.ToArray()));
        }
        catch (ArgumentException)
        {
            return null;
        }
    }

    /// <summary>Writes the compressed point (SEC 1, section 2.3.3).</summary>
    /// <exception cref="InvalidOperationException">The point at infinity has no such encoding.</exception>
    public byte[] ToBytes() =>
        IsInfinity ? throw new InvalidOperationException("The point at infinity is not written.") : Point.GetEncoded(compressed: true);

    /// <summary>The sum.</summary>
    public static CurvePoint operator +(CurvePoint left, CurvePoint right) => new(left.Point.Add(right.Point));

    /// <summary>The multiple.</summary>
    public static CurvePoint operator *(Scalar factor, CurvePoint point) => new(point.Point.Multiply(ToBouncy(factor)));

    /// <summary>Whether both are the same point.</summary>
    public static bool operator ==(CurvePoint left, CurvePoint right) => left.Equals(right);

    /// <summary>Whether they are different points.</summary>
    public static bool operator !=(CurvePoint left, CurvePoint right) => !left.Equals(right);

    /// <inheritdoc/>
    public bool Equals(CurvePoint other) => Point.Equals(other.Point);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is CurvePoint other && Equals(other);

    /// <inheritdoc/>
    public override int GetHashCode() => Point.GetHashCode();

    /// <summary>The point with these coordinates.</summary>
    /// <exception cref="ArgumentException">It is not on the curve.</exception>
    internal static CurvePoint Of(System.Numerics.BigInteger x, System.Numerics.BigInteger y) =>
        new(P256.Curve.ValidatePoint(ToBouncy(x), ToBouncy(y)));

    private static BigInteger ToBouncy(Scalar scalar) => new(1, scalar.ToBytes());

    private static BigInteger ToBouncy(System.Numerics.BigInteger number) =>
        new(1, number.ToByteArray(isUnsigned: true, isBigEndian: true));
}
