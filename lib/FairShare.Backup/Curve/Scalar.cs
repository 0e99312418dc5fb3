using System.Globalization;
using System.Numerics;
using FairShare.Core.Identifiers;

namespace FairShare.Backup.Curve;

/// <summary>A number modulo the order q of P-256 (FIPS 186-5): what secrets, shares and coefficients are.</summary>
/// <remarks>Arithmetic takes a time that depends on the numbers; it runs where the numbers are, and answers nobody's questions.</remarks>
public readonly record struct Scalar
{
    /// <summary>The octets of a scalar's encoding.</summary>
    public const int Size = 32;

    // So much more than q's size that the remainder is as good as uniform (FIPS 186-5, A.2.1).
    private const int WideSize = 40;

    private readonly BigInteger number;

    private Scalar(BigInteger number) => this.number = number;

    /// <summary>q.</summary>
    internal static BigInteger Order { get; } =
        BigInteger.Parse("00ffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551", NumberStyles.HexNumber, null);

    /// <summary>Zero.</summary>
    public static Scalar Zero => default;

    /// <summary>The number itself; 0 to q - 1.</summary>
    internal BigInteger Number => number;

    /// <summary>A small number, for example the index of a share.</summary>
    public static Scalar Of(int number) => new(Reduce(number));

    /// <summary>A random number, uniform from 0 to q - 1.</summary>
    public static Scalar Random(IRandomness randomness)
    {
        Span<byte> octets = stackalloc byte[WideSize];
        randomness.Fill(octets);
        return new(Reduce(new BigInteger(octets, isUnsigned: true, isBigEndian: true)));
    }

    /// <summary>The number of a hash of 64 octets, as good as uniform.</summary>
    internal static Scalar OfHash(ReadOnlySpan<byte> hash) => new(Reduce(new BigInteger(hash, isUnsigned: true, isBigEndian: true)));

    /// <summary>Reads 32 octets, the most significant first.</summary>
    /// <returns>Null for another number of octets, and for numbers from q on.</returns>
    public static Scalar? TryRead(ReadOnlySpan<byte> octets)
    {
        var number = new BigInteger(octets, isUnsigned: true, isBigEndian: true);
        return octets.Length == Size && number < Order ? new Scalar(number) : null;
    }

    /// <summary>Writes 32 octets, the most significant first.</summary>
    public byte[] ToBytes()
    {
        var octets = new byte[Size];
        var length = number.GetByteCount(isUnsigned: true);
        number.TryWriteBytes(octets.AsSpan(Size - length), out _, isUnsigned: true, isBigEndian: true);
        return octets;
    }

    /// <summary>The number by which this one gives 1.</summary>
    /// <exception cref="DivideByZeroException">Zero has none.</exception>
    public Scalar Invert() => number.IsZero ? throw new DivideByZeroException() : new(BigInteger.ModPow(number, Order - 2, Order));

    /// <summary>The sum.</summary>
    public static Scalar operator +(Scalar left, Scalar right) => new(Reduce(left.number + right.number));

    /// <summary>The difference.</summary>
    public static Scalar operator -(Scalar left, Scalar right) => new(Reduce(left.number - right.number));

    /// <summary>The product.</summary>
    public static Scalar operator *(Scalar left, Scalar right) => new(Reduce(left.number * right.number));

    /// <summary>Nothing of the number, which may be a secret.</summary>
    public override string ToString() => "scalar";

    private static BigInteger Reduce(BigInteger number)
    {
        var rest = BigInteger.Remainder(number, Order);
        return rest.Sign < 0 ? rest + Order : rest;
    }
}
