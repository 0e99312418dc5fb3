using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace FairShare.Backup.Erasure;

/// <summary>Multiplies 32 octets with one instruction (GFNI with AVX).</summary>
internal sealed class AffineKernel256 : BlockKernel
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
            var vectored = blockSize - (blockSize % Vector256<byte>.Count);
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
            for (var place = 0; place < vectored; place += Vector256<byte>.Count)
            {
                Vector256<byte> first = default,
                    second = default,
                    third = default,
                    fourth = default;
                for (var column = 0; column < columns; column++)
                {
                    var value = Vector256.LoadUnsafe(ref input, (nuint)((column * blockSize) + place));
                    ref var cell = ref System.Runtime.CompilerServices.Unsafe.Add(ref map, column);
                    first ^= Affine(value, cell);
                    second ^= Affine(value, System.Runtime.CompilerServices.Unsafe.Add(ref cell, columns));
                    third ^= Affine(value, System.Runtime.CompilerServices.Unsafe.Add(ref cell, 2 * columns));
                    fourth ^= Affine(value, System.Runtime.CompilerServices.Unsafe.Add(ref cell, 3 * columns));
                }

                first.StoreUnsafe(ref output, (nuint)((row * blockSize) + place));
                second.StoreUnsafe(ref output, (nuint)(((row + 1) * blockSize) + place));
                third.StoreUnsafe(ref output, (nuint)(((row + 2) * blockSize) + place));
                fourth.StoreUnsafe(ref output, (nuint)(((row + 3) * blockSize) + place));
            }
        }

        private void MultiplyOne(ReadOnlySpan<byte> inputs, Span<byte> outputs, int blockSize, int vectored, int row)
        {
            ref var input = ref MemoryMarshal.GetReference(inputs);
            ref var output = ref MemoryMarshal.GetReference(outputs);
            for (var place = 0; place < vectored; place += Vector256<byte>.Count)
            {
                Vector256<byte> sum = default;
                for (var column = 0; column < columns; column++)
                {
                    var value = Vector256.LoadUnsafe(ref input, (nuint)((column * blockSize) + place));
                    sum ^= Affine(value, maps[(row * columns) + column]);
                }

                sum.StoreUnsafe(ref output, (nuint)((row * blockSize) + place));
            }
        }

        private static Vector256<byte> Affine(Vector256<byte> value, ulong map) =>
            Gfni.V256.GaloisFieldAffineTransform(value, Vector256.Create(map).AsByte(), 0);
    }
}
