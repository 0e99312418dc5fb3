using System.Buffers.Binary;
using System.Globalization;
using System.Numerics;
using System.Security.Cryptography;

namespace FairShare.Backup.Curve;

/// <summary>
/// Maps octets to a point of P-256 whose logarithm nobody knows: the suite <c>P256_XMD:SHA-256_SSWU_RO_</c> of RFC 9380, section 8.2.
/// </summary>
internal static class HashToCurve
{
    private const int ElementSize = 48;
    private const int HashSize = 32;
    private const int HashBlockSize = 64;

    private static readonly BigInteger Prime = Parse("ffffffff00000001000000000000000000000000ffffffffffffffffffffffff");
    private static readonly BigInteger A = Prime - 3;
    private static readonly BigInteger B = Parse("5ac635d8aa3a93e7b3ebbd55769886bc651d06b0cc53b0f63bce3c3e27d2604b");
    private static readonly BigInteger Z = Prime - 10;

    /// <summary>The point of a message (section 3, <c>hash_to_curve</c>).</summary>
    /// <param name="message">Any octets.</param>
    /// <param name="domain">The domain separation tag; 1 to 255 octets.</param>
    public static CurvePoint Hash(ReadOnlySpan<byte> message, ReadOnlySpan<byte> domain)
    {
        var uniform = Expand(message, domain, 2 * ElementSize);
        return Map(ElementOf(uniform.AsSpan(0, ElementSize))) + Map(ElementOf(uniform.AsSpan(ElementSize)));
    }

    /// <summary><c>expand_message_xmd</c> (section 5.3.1) with SHA-256.</summary>
    private static byte[] Expand(ReadOnlySpan<byte> message, ReadOnlySpan<byte> domain, int length)
    {
        byte[] suffix = [.. domain, (byte)domain.Length];
        Span<byte> asked = stackalloc byte[sizeof(ushort)];
        BinaryPrimitives.WriteUInt16BigEndian(asked, (ushort)length);
        var first = SHA256.HashData([.. new byte[HashBlockSize], .. message, .. asked, 0, .. suffix]);
        var (previous, expanded) = (new byte[HashSize], new List<byte>(length));
        for (byte block = 1; expanded.Count < length; block++)
        {
            var mixed = first.Zip(previous, (left, right) => (byte)(left ^ right));
            previous = SHA256.HashData([.. mixed, block, .. suffix]);
            expanded.AddRange(previous);
        }

        return [.. expanded.Take(length)];
    }

    private static BigInteger ElementOf(ReadOnlySpan<byte> octets) => Reduce(new BigInteger(octets, isUnsigned: true, isBigEndian: true));

    /// <summary>The simplified map of Shallue, van de Woestijne and Ulas (section 6.6.2).</summary>
    private static CurvePoint Map(BigInteger element)
    {
        var squared = Reduce(Z * element * element);
        var denominator = Invert(Reduce((squared * squared) + squared));
        var first = denominator.IsZero ? Reduce(B * Invert(Reduce(Z * A))) : Reduce(Reduce(-B * Invert(A)) * (1 + denominator));
        var second = Reduce(squared * first);
        var (x, y) = Root(first) is { } root ? (first, root) : (second, Root(second)!.Value);
        return CurvePoint.Of(x, y.IsEven == element.IsEven ? y : Prime - y);
    }

    /// <summary>A y of the curve's point at x, or null when there is none.</summary>
    private static BigInteger? Root(BigInteger x)
    {
        var square = Reduce((x * x * x) + (A * x) + B);
        var root = BigInteger.ModPow(square, (Prime + 1) / 4, Prime);
        return Reduce(root * root) == square ? root : null;
    }

    // The inverse of zero is zero here (inv0, section 4).
    private static BigInteger Invert(BigInteger number) => BigInteger.ModPow(number, Prime - 2, Prime);

    private static BigInteger Reduce(BigInteger number)
    {
        var rest = BigInteger.Remainder(number, Prime);
        return rest.Sign < 0 ? rest + Prime : rest;
    }

    private static BigInteger Parse(string hex) => BigInteger.Parse($"0{hex}", NumberStyles.HexNumber, null);
}
