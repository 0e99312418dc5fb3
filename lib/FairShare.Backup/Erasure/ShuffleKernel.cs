using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace FairShare.Backup.Erasure;

/// <summary>Looks up the products of each octet's two halves in tables of sixteen, 32 octets at a time (AVX2).</summary>
internal sealed class ShuffleKernel : BlockKernel
{
    public override IBlockProduct Prepare(FieldMatrix matrix) => new Product(matrix);

    private sealed class Product : IBlockProduct
    {
        private readonly Vector256<byte>[] lows;
        private readonly Vector256<byte>[] highs;
        private readonly TableProduct rest;
        private readonly int rows;
        private readonly int columns;

        public Product(FieldMatrix matrix)
        {
            (rows, columns, rest) = (matrix.Rows, matrix.Columns, new(matrix));
            var cells = Enumerable.Range(0, rows * columns).Select(cell => matrix[cell / columns, cell % columns]).ToList();
            lows = [.. cells.Select(cell => TableOf(half => BinaryField.Multiply(cell, half)))];
            highs = [.. cells.Select(cell => TableOf(half => BinaryField.Multiply(cell, (byte)(half << 4))))];
        }

        public void Multiply(ReadOnlySpan<byte> inputs, Span<byte> outputs, int blockSize)
        {
            var vectored = blockSize - (blockSize % Vector256<byte>.Count);
            for (var row = 0; row < rows; row++)
            {
                MultiplyRow(inputs, outputs, blockSize, vectored, row);
            }

            rest.Multiply(inputs, outputs, blockSize, vectored);
        }

        private void MultiplyRow(ReadOnlySpan<byte> inputs, Span<byte> outputs, int blockSize, int vectored, int row)
        {
            ref var input = ref MemoryMarshal.GetReference(inputs);
            ref var output = ref MemoryMarshal.GetReference(outputs);
            var mask = Vector256.Create((byte)0x0F);
            for (var place = 0; place < vectored; place += Vector256<byte>.Count)
            {
                Vector256<byte> sum = default;
                for (var column = 0; column < columns; column++)
                {
                    var cell = (row * columns) + column;
                    var value = Vector256.LoadUnsafe(ref input, (nuint)((column * blockSize) + place));
                    sum ^= Avx2.Shuffle(lows[cell], value & mask);
                    sum ^= Avx2.Shuffle(highs[cell], Avx2.ShiftRightLogical(value.AsUInt16(), 4).AsByte() & mask);
                }

                sum.StoreUnsafe(ref output, (nuint)((row * blockSize) + place));
            }
        }

        // The instruction looks up in each half of 16 octets by itself, so the table stands there twice.
        private static Vector256<byte> TableOf(Func<byte, byte> product)
        {
            var table = Vector128.Create([.. Enumerable.Range(0, Vector128<byte>.Count).Select(half => product((byte)half))]);
            return Vector256.Create(table, table);
        }
    }
}
