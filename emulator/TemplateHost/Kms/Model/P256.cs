using System.Globalization;
using System.Numerics;

namespace TemplateHost.Kms.Model;

/// <summary>The curve P-256 (FIPS 186-4, D.1.2.3).</summary>
internal static class P256
{
    /// <summary>The order of its generator.</summary>
    public static BigInteger Order { get; } =
        BigInteger.Parse(
            "0FFFFFFFF00000000FFFFFFFFFFFFFFFFBCE6FAADA7179E84F3B9CAC2FC632551",
            NumberStyles.AllowHexSpecifier,
            CultureInfo.InvariantCulture
        );

    /// <summary>A scalar between 1 and the order, from more octets than it has, so that none is likelier (FIPS 186-4, B.4.1).</summary>
    public static byte[] SecretFrom(ReadOnlySpan<byte> octets) =>
        Write((new BigInteger(octets, isUnsigned: true, isBigEndian: true) % (Order - 1)) + 1);

    /// <summary>What times the scalar is one, modulo the order; by Euclid's algorithm, which is ten times faster than a power.</summary>
    /// <param name="scalar">Between 1 and the order.</param>
    public static BigInteger Inverse(BigInteger scalar)
    {
        var (remainder, next) = (Order, scalar);
        var (factor, nextFactor) = (BigInteger.Zero, BigInteger.One);
        while (!next.IsZero)
        {
            var quotient = BigInteger.DivRem(remainder, next, out var rest);
            (remainder, next) = (next, rest);
            (factor, nextFactor) = (nextFactor, factor - (quotient * nextFactor));
        }

        return factor.Sign < 0 ? factor + Order : factor;
    }

    /// <summary>A scalar as 32 octets.</summary>
    public static byte[] Write(BigInteger scalar)
    {
        var octets = new byte[32];
        var written = scalar.ToByteArray(isUnsigned: true, isBigEndian: true);
        written.CopyTo(octets, octets.Length - written.Length);
        return octets;
    }
}
