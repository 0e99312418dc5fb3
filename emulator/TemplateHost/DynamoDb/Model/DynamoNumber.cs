using System.Globalization;
using System.Numerics;
using System.Text.RegularExpressions;

namespace TemplateHost.DynamoDb.Model;

/// <summary>
/// A number of up to 38 significant digits, between 1E-130 and 9.99…E+125 in magnitude; always in lowest terms, so equal numbers are
/// equal values.
/// </summary>
internal readonly partial record struct DynamoNumber : IComparable<DynamoNumber>
{
    private const int LargestPrecision = 38;

    private DynamoNumber(BigInteger coefficient, int exponent) => (Coefficient, Exponent) = (coefficient, exponent);

    /// <summary>The digits, signed, without trailing zeros.</summary>
    public BigInteger Coefficient { get; }

    /// <summary>The power of ten that the coefficient is multiplied by.</summary>
    public int Exponent { get; }

    public int Digits => BigInteger.Abs(Coefficient).ToString(CultureInfo.InvariantCulture).Length;

    /// <summary>The power of ten of the first digit.</summary>
    public int Magnitude => Coefficient.IsZero ? 0 : Exponent + Digits - 1;

    /// <exception cref="Kernel.AwsException">ValidationException: not a number, or outside what DynamoDB keeps.</exception>
    public static DynamoNumber Parse(string text)
    {
        var match = Form().Match(text);
        if (!match.Success || (match.Groups["whole"].Length == 0 && match.Groups["part"].Length == 0))
        {
            throw Invalid.Value($"The parameter cannot be converted to a numeric value: {text}");
        }

        var digits = match.Groups["whole"].Value + match.Groups["part"].Value;
        var exponent = match.Groups["power"].Success ? int.Parse(match.Groups["power"].Value, CultureInfo.InvariantCulture) : 0;
        var coefficient = BigInteger.Parse(digits, CultureInfo.InvariantCulture);
        return Checked(match.Groups["sign"].Value == "-" ? -coefficient : coefficient, exponent - match.Groups["part"].Length);
    }

    public static DynamoNumber Of(long number) => Checked(number, 0);

    public static DynamoNumber operator +(DynamoNumber left, DynamoNumber right)
    {
        var exponent = Math.Min(left.Exponent, right.Exponent);
        return Checked(left.ScaledTo(exponent) + right.ScaledTo(exponent), exponent);
    }

    public static DynamoNumber operator -(DynamoNumber left, DynamoNumber right) =>
        left + new DynamoNumber(-right.Coefficient, right.Exponent);

    public int CompareTo(DynamoNumber other)
    {
        if (Coefficient.Sign != other.Coefficient.Sign || Magnitude == other.Magnitude)
        {
            var exponent = Math.Min(Exponent, other.Exponent);
            return Coefficient.Sign != other.Coefficient.Sign
                ? Coefficient.Sign.CompareTo(other.Coefficient.Sign)
                : ScaledTo(exponent).CompareTo(other.ScaledTo(exponent));
        }

        return Magnitude.CompareTo(other.Magnitude) * Coefficient.Sign;
    }

    /// <summary>Plain decimal notation, as DynamoDB answers.</summary>
    public override string ToString()
    {
        var digits = BigInteger.Abs(Coefficient).ToString(CultureInfo.InvariantCulture);
        var sign = Coefficient.Sign < 0 ? "-" : "";
        if (Exponent >= 0)
        {
            return sign + digits + new string('0', Exponent);
        }

        var padded = digits.PadLeft(1 - Exponent, '0');
        return $"{sign}{padded[..^-Exponent]}.{padded[^-Exponent..]}";
    }

    private static DynamoNumber Checked(BigInteger coefficient, int exponent)
    {
        if (coefficient.IsZero)
        {
            return default;
        }

        while (coefficient % 10 == 0)
        {
            (coefficient, exponent) = (coefficient / 10, exponent + 1);
        }

        var number = new DynamoNumber(coefficient, exponent);
        return number.Digits > LargestPrecision ? throw Invalid.Value("Attempting to store more than 38 significant digits in a Number")
            : number.Magnitude > 125
                ? throw Invalid.Value("Number overflow. Attempting to store a number with magnitude larger than supported range")
            : number.Magnitude < -130
                ? throw Invalid.Value("Number underflow. Attempting to store a number with magnitude smaller than supported range")
            : number;
    }

    private BigInteger ScaledTo(int exponent) => Coefficient * BigInteger.Pow(10, Exponent - exponent);

    [GeneratedRegex(@"^(?<sign>[+-]?)(?<whole>[0-9]{0,200})(\.(?<part>[0-9]{0,200}))?([eE](?<power>[+-]?[0-9]{1,4}))?$")]
    private static partial Regex Form();
}
