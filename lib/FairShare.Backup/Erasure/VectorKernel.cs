using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace FairShare.Backup.Erasure;

/// <summary>
/// Multiplies two vectors of each input at a time with up to four rows, so that an input is loaded once for them, a factor once for the two
/// vectors, and the sums stay in registers.
/// </summary>
/// <typeparam name="TVector">The widest vector for which the processor has the instructions.</typeparam>
/// <typeparam name="TOperand">Its operand.</typeparam>
/// <typeparam name="TFactor">Its factor.</typeparam>
internal sealed class VectorKernel<TVector, TOperand, TFactor> : BlockKernel
    where TVector : struct, IFieldVector<TVector, TOperand, TFactor>
    where TOperand : struct
    where TFactor : struct
{
    public override IBlockProduct Prepare(FieldMatrix matrix) => new Product(matrix);

    private sealed class Product(FieldMatrix matrix) : IBlockProduct
    {
        // So much of all inputs stays in the nearest cache until the last row has been computed from it.
        private const int NearCache = 12 << 10;

        private readonly int tile = Math.Max(1, NearCache / matrix.Columns / Step) * Step;
        private readonly TableProduct small = new(matrix);
        private readonly int rows = matrix.Rows;
        private readonly int columns = matrix.Columns;
        private readonly TFactor[] factors =
        [
            .. Enumerable
                .Range(0, matrix.Rows * matrix.Columns)
                .Select(cell => TVector.FactorOf(matrix[cell / matrix.Columns, cell % matrix.Columns])),
        ];

        private static int Step => 2 * TVector.Size;

        public void Multiply(ReadOnlySpan<byte> inputs, Span<byte> outputs, int blockSize)
        {
            if (blockSize < Step)
            {
                small.Multiply(inputs, outputs, blockSize);
                return;
            }

            for (var from = 0; from < blockSize; from += tile)
            {
                Multiply(inputs, outputs, blockSize, from, Math.Min(from + tile, blockSize));
            }
        }

        private void Multiply(ReadOnlySpan<byte> inputs, Span<byte> outputs, int blockSize, int from, int to)
        {
            var row = 0;
            for (; row + 4 <= rows; row += 4)
            {
                MultiplyFour(inputs, outputs, blockSize, row, from, to);
            }

            for (; row + 2 <= rows; row += 2)
            {
                MultiplyTwo(inputs, outputs, blockSize, row, from, to);
            }

            for (; row < rows; row++)
            {
                MultiplyOne(inputs, outputs, blockSize, row, from, to);
            }
        }

        // The last step ends with the block, and computes some octets a second time.
        private static nuint PlaceOf(int step, int blockSize) => (nuint)Math.Min(step, blockSize - Step);

        private void MultiplyFour(ReadOnlySpan<byte> inputs, Span<byte> outputs, int blockSize, int row, int from, int to)
        {
            ref var input = ref MemoryMarshal.GetReference(inputs);
            ref var output = ref Unsafe.Add(ref MemoryMarshal.GetReference(outputs), row * blockSize);
            ref var factor = ref factors[row * columns];
            for (var step = from; step < to; step += Step)
            {
                var place = PlaceOf(step, blockSize);
                TVector first = default,
                    firstNext = default,
                    second = default,
                    secondNext = default,
                    third = default,
                    thirdNext = default,
                    fourth = default,
                    fourthNext = default;
                for (var column = 0; column < columns; column++)
                {
                    var at = (nuint)(column * blockSize) + place;
                    var value = TVector.Load(ref input, at);
                    var next = TVector.Load(ref input, at + (nuint)TVector.Size);
                    ref var cell = ref Unsafe.Add(ref factor, column);
                    first ^= TVector.Multiply(value, cell);
                    firstNext ^= TVector.Multiply(next, cell);
                    cell = ref Unsafe.Add(ref cell, columns);
                    second ^= TVector.Multiply(value, cell);
                    secondNext ^= TVector.Multiply(next, cell);
                    cell = ref Unsafe.Add(ref cell, columns);
                    third ^= TVector.Multiply(value, cell);
                    thirdNext ^= TVector.Multiply(next, cell);
                    cell = ref Unsafe.Add(ref cell, columns);
                    fourth ^= TVector.Multiply(value, cell);
                    fourthNext ^= TVector.Multiply(next, cell);
                }

                Store(first, firstNext, ref output, place);
                Store(second, secondNext, ref output, place + (nuint)blockSize);
                Store(third, thirdNext, ref output, place + (nuint)(2 * blockSize));
                Store(fourth, fourthNext, ref output, place + (nuint)(3 * blockSize));
            }
        }

        private void MultiplyTwo(ReadOnlySpan<byte> inputs, Span<byte> outputs, int blockSize, int row, int from, int to)
        {
            ref var input = ref MemoryMarshal.GetReference(inputs);
            ref var output = ref Unsafe.Add(ref MemoryMarshal.GetReference(outputs), row * blockSize);
            ref var factor = ref factors[row * columns];
            for (var step = from; step < to; step += Step)
            {
                var place = PlaceOf(step, blockSize);
                TVector first = default,
                    firstNext = default,
                    second = default,
                    secondNext = default;
                for (var column = 0; column < columns; column++)
                {
                    var at = (nuint)(column * blockSize) + place;
                    var value = TVector.Load(ref input, at);
                    var next = TVector.Load(ref input, at + (nuint)TVector.Size);
                    ref var cell = ref Unsafe.Add(ref factor, column);
                    first ^= TVector.Multiply(value, cell);
                    firstNext ^= TVector.Multiply(next, cell);
                    cell = ref Unsafe.Add(ref cell, columns);
                    second ^= TVector.Multiply(value, cell);
                    secondNext ^= TVector.Multiply(next, cell);
                }

                Store(first, firstNext, ref output, place);
                Store(second, secondNext, ref output, place + (nuint)blockSize);
            }
        }

        private void MultiplyOne(ReadOnlySpan<byte> inputs, Span<byte> outputs, int blockSize, int row, int from, int to)
        {
            ref var input = ref MemoryMarshal.GetReference(inputs);
            ref var output = ref Unsafe.Add(ref MemoryMarshal.GetReference(outputs), row * blockSize);
            ref var factor = ref factors[row * columns];
            for (var step = from; step < to; step += Step)
            {
                var place = PlaceOf(step, blockSize);
                TVector sum = default,
                    sumNext = default;
                for (var column = 0; column < columns; column++)
                {
                    var at = (nuint)(column * blockSize) + place;
                    ref var cell = ref Unsafe.Add(ref factor, column);
                    sum ^= TVector.Multiply(TVector.Load(ref input, at), cell);
                    sumNext ^= TVector.Multiply(TVector.Load(ref input, at + (nuint)TVector.Size), cell);
                }

                Store(sum, sumNext, ref output, place);
            }
        }

        private static void Store(TVector vector, TVector next, ref byte output, nuint place)
        {
            vector.Store(ref output, place);
            next.Store(ref output, place + (nuint)TVector.Size);
        }
    }
}
