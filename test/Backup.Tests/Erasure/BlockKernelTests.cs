using FairShare.Backup.Erasure;
using FsCheck;
using FsCheck.Fluent;

namespace FairShare.Backup.Tests.Erasure;

public class BlockKernelTests
{
    [Fact]
    public void Multiply_ByEveryKernel_IsTheFieldsSum()
    {
        var cases =
            from rows in Gen.Choose(1, 9)
            from columns in Gen.Choose(1, 7)
            from size in Gen.Choose(0, 300)
            from seed in Gen.Choose(0, int.MaxValue)
            select (rows, columns, size, seed);
        Prop.ForAll(
                cases.ToArbitrary(),
                one =>
                {
                    var (matrix, inputs) = Create(one.rows, one.columns, one.size, one.seed);
                    var expected = Sum(matrix, inputs, one.size);
                    return BlockKernel.Supported.All(kernel => expected.AsSpan().SequenceEqual(Multiply(kernel, matrix, inputs, one.size)));
                }
            )
            .QuickCheckThrowOnFailure();
    }

    // Blocks that are more than the nearest cache takes are computed piece by piece, the last of which may be any part of a piece.
    [Theory]
    [InlineData(2, 3, 4096)]
    [InlineData(2, 3, 4097)]
    [InlineData(7, 2, 12_415)]
    [InlineData(3, 1, 24_577)]
    [InlineData(4, 40, 2_050)]
    [InlineData(6, 100, 513)]
    public void Multiply_OfLargeBlocks_IsTheFieldsSum(int rows, int columns, int size)
    {
        var (matrix, inputs) = Create(rows, columns, size, size);
        var expected = Sum(matrix, inputs, size);
        Assert.All(BlockKernel.Supported, kernel => Assert.True(expected.AsSpan().SequenceEqual(Multiply(kernel, matrix, inputs, size))));
    }

    [Fact]
    public void Multiply_EveryCellWithEveryOctet_IsTheSameByEveryKernel()
    {
        var octets = Enumerable.Range(0, 256).Select(value => (byte)value).ToArray();
        for (var cell = 0; cell < 256; cell++)
        {
            var matrix = new FieldMatrix(1, 1) { [0, 0] = (byte)cell };
            var expected = octets.Select(octet => BinaryField.Multiply((byte)cell, octet)).ToArray();
            Assert.All(BlockKernel.Supported, kernel => Assert.Equal(expected, Multiply(kernel, matrix, octets, octets.Length)));
        }
    }

    [Fact]
    public void Multiply_OfTheField_IsMultiplicationOfPolynomials()
    {
        for (var left = 0; left < 256; left++)
        {
            for (var right = 0; right < 256; right++)
            {
                Assert.Equal(MultiplyPolynomials(left, right), BinaryField.Multiply((byte)left, (byte)right));
            }
        }
    }

    private static byte MultiplyPolynomials(int left, int right)
    {
        var product = 0;
        for (var bit = 0; bit < 8; bit++)
        {
            product ^= (right >> bit & 1) == 1 ? left << bit : 0;
        }

        for (var bit = 15; bit >= 8; bit--)
        {
            product ^= (product >> bit & 1) == 1 ? 0x11D << (bit - 8) : 0;
        }

        return (byte)product;
    }

    private static (FieldMatrix Matrix, byte[] Inputs) Create(int rows, int columns, int size, int seed)
    {
        var random = new Random(seed);
        var matrix = new FieldMatrix(rows, columns);
        for (var cell = 0; cell < rows * columns; cell++)
        {
            matrix[cell / columns, cell % columns] = (byte)random.Next(256);
        }

        var inputs = new byte[columns * size];
        random.NextBytes(inputs);
        return (matrix, inputs);
    }

    private static byte[] Multiply(BlockKernel kernel, FieldMatrix matrix, byte[] inputs, int size)
    {
        var outputs = new byte[matrix.Rows * size];
        Array.Fill(outputs, (byte)0xA5);
        kernel.Prepare(matrix).Multiply(inputs, outputs, size);
        return outputs;
    }

    private static byte[] Sum(FieldMatrix matrix, byte[] inputs, int size)
    {
        var outputs = new byte[matrix.Rows * size];
        for (var place = 0; place < outputs.Length; place++)
        {
            for (var column = 0; column < matrix.Columns; column++)
            {
                outputs[place] ^= BinaryField.Multiply(matrix[place / size, column], inputs[(column * size) + (place % size)]);
            }
        }

        return outputs;
    }
}
