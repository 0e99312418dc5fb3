namespace FairShare.Backup.Erasure;

/// <summary>
/// The field GF(2^8) modulo x^8 + x^4 + x^3 + x^2 + 1 (0x11D), which zfec and ISA-L compute in too; addition is exclusive or.
/// </summary>
internal static class BinaryField
{
    private const int Modulus = 0x11D;
    private const int Order = 255;

    private static readonly byte[] Exponentials = CreateExponentials();
    private static readonly byte[] Logarithms = CreateLogarithms();

    /// <summary>The generator 2 to the power of any integer from 0.</summary>
    public static byte Power(int exponent) => Exponentials[exponent % Order];

    public static byte Multiply(byte left, byte right) => left == 0 || right == 0 ? (byte)0 : Power(Logarithms[left] + Logarithms[right]);

    /// <exception cref="DivideByZeroException">Zero has no inverse.</exception>
    public static byte Invert(byte value) => value == 0 ? throw new DivideByZeroException() : Power(Order - Logarithms[value]);

    private static byte[] CreateExponentials()
    {
        var powers = new byte[Order];
        for (var (exponent, value) = (0, 1); exponent < Order; exponent++)
        {
            powers[exponent] = (byte)value;
            value <<= 1;
            value ^= value > byte.MaxValue ? Modulus : 0;
        }

        return powers;
    }

    private static byte[] CreateLogarithms()
    {
        var logarithms = new byte[Order + 1];
        for (var exponent = 0; exponent < Order; exponent++)
        {
            logarithms[Exponentials[exponent]] = (byte)exponent;
        }

        return logarithms;
    }
}
