namespace FairShare.Backup.Erasure;

/// <summary>Multiplies by a table of all products for each cell; without any instruction of its own.</summary>
internal sealed class TableKernel : BlockKernel
{
    public override IBlockProduct Prepare(FieldMatrix matrix) => new TableProduct(matrix);
}

/// <summary>The product by tables; also for blocks shorter than vectors.</summary>
internal sealed class TableProduct : IBlockProduct
{
    private const int TableSize = 256;

    private readonly byte[] products;
    private readonly int rows;
    private readonly int columns;

    public TableProduct(FieldMatrix matrix)
    {
        (rows, columns) = (matrix.Rows, matrix.Columns);
        products = new byte[rows * columns * TableSize];
        for (var cell = 0; cell < rows * columns; cell++)
        {
            for (var value = 0; value < TableSize; value++)
            {
                products[(cell * TableSize) + value] = BinaryField.Multiply(matrix[cell / columns, cell % columns], (byte)value);
            }
        }
    }

    public void Multiply(ReadOnlySpan<byte> inputs, Span<byte> outputs, int blockSize)
    {
        for (var row = 0; row < rows; row++)
        {
            var output = outputs.Slice(row * blockSize, blockSize);
            output.Clear();
            for (var column = 0; column < columns; column++)
            {
                var input = inputs.Slice(column * blockSize, blockSize);
                var table = products.AsSpan(((row * columns) + column) * TableSize, TableSize);
                for (var place = 0; place < output.Length; place++)
                {
                    output[place] ^= table[input[place]];
                }
            }
        }
    }
}
