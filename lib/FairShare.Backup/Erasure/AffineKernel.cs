using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace FairShare.Backup.Erasure;

/// <summary>Multiplies a vector of octets with one instruction (GFNI).</summary>
/// <typeparam name="TVector">The widest vector for which the processor has it.</typeparam>
internal sealed class AffineKernel<TVector> : BlockKernel
    where TVector : struct, IAffineVector<TVector>
{
    public override IBlockProduct Prepare(FieldMatrix matrix) => new Product(matrix);

    private sealed class Product(FieldMatrix matrix) : IBlockProduct
    {
        private readonly ulong[] maps = AffineMatrix.Of(matrix);
        private readonly TableProduct rest = new(matrix);
        private readonly int rows = matrix.Rows;
        private readonly int columns = matrix.Columns;

        public void Multiply(ReadOnlySpan<byte> inputs, Span<byte> outputs, int blockSize)
        {
            var vectored = blockSize - (blockSize % TVector.Size);
            var row = 0;
            for (; row + 4 <= rows; row += 4)
            {
                MultiplyFour(inputs, outputs, blockSize, vectored, row);
            }

            for (; row < rows; row++)
            {
                MultiplyOne(inputs, outputs, blockSize, vectored, row);
            }

            rest.Multiply(inputs, outputs, blockSize, vectored);
        }

        // Four rows at a time: each input is loaded once for them, and the four sums stay in registers.
        private void MultiplyFour(ReadOnlySpan<byte> inputs, Span<byte> outputs, int blockSize, int vectored, int row)
        {
            ref var input = ref MemoryMarshal.GetReference(inputs);
            ref var output = ref MemoryMarshal.GetReference(outputs);
            ref var map = ref maps[row * columns];
            for (var place = 0; place < vectored; place += TVector.Size)
            {
                TVector first = default,
                    second = default,
                    third = default,
                    fourth = default;
                for (var column = 0; column < columns; column++)
                {
                    var value = TVector.Load(ref input, (nuint)((column * blockSize) + place));
                    ref var cell = ref Unsafe.Add(ref map, column);
                    first ^= TVector.Affine(value, cell);
                    second ^= TVector.Affine(value, Unsafe.Add(ref cell, columns));
                    third ^= TVector.Affine(value, Unsafe.Add(ref cell, 2 * columns));
                    fourth ^= TVector.Affine(value, Unsafe.Add(ref cell, 3 * columns));
                }

                first.Store(ref output, (nuint)((row * blockSize) + place));
                second.Store(ref output, (nuint)(((row + 1) * blockSize) + place));
                third.Store(ref output, (nuint)(((row + 2) * blockSize) + place));
                fourth.Store(ref output, (nuint)(((row + 3) * blockSize) + place));
            }
        }

        private void MultiplyOne(ReadOnlySpan<byte> inputs, Span<byte> outputs, int blockSize, int vectored, int row)
        {
            ref var input = ref MemoryMarshal.GetReference(inputs);
            ref var output = ref MemoryMarshal.GetReference(outputs);
            for (var place = 0; place < vectored; place += TVector.Size)
            {
                TVector sum = default;
                for (var column = 0; column < columns; column++)
                {
                    var value = TVector.Load(ref input, (nuint)((column * blockSize) + place));
                    sum ^= TVector.Affine(value, maps[(row * columns) + column]);
                }

                sum.Store(ref output, (nuint)((row * blockSize) + place));
            }
        }
    }
}
