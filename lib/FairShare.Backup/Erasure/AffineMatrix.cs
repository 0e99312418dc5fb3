namespace FairShare.Backup.Erasure;

/// <summary>
/// Multiplication by a constant as a matrix of bits, in the form of the instruction GF2P8AFFINEQB: its own multiplication has another
/// modulus, but any linear map will do. Byte 7 - i of the matrix says which bits of the factor make up bit i of the product.
/// </summary>
internal static class AffineMatrix
{
    private const int Bits = 8;

    public static ulong Of(byte constant)
    {
        var matrix = 0UL;
        for (var from = 0; from < Bits; from++)
        {
            var product = BinaryField.Multiply(constant, (byte)(1 << from));
            for (var to = 0; to < Bits; to++)
            {
                var bit = (ulong)(product >> to) & 1;
                matrix |= bit << (((Bits - 1 - to) * Bits) + from);
            }
        }

        return matrix;
    }
}
