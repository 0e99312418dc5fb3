namespace FairShare.Backup.Erasure;

/// <summary>A matrix over <see cref="BinaryField"/>, row by row.</summary>
internal sealed class FieldMatrix
{
    private readonly byte[] cells;

    /// <summary>A matrix of zeros.</summary>
    public FieldMatrix(int rows, int columns)
    {
        (Rows, Columns) = (rows, columns);
        cells = new byte[rows * columns];
    }

    public int Rows { get; }

    public int Columns { get; }

    public byte this[int row, int column]
    {
        get => cells[(row * Columns) + column];
        set => cells[(row * Columns) + column] = value;
    }

    /// <summary>The identity.</summary>
    public static FieldMatrix Identity(int size)
    {
        var identity = new FieldMatrix(size, size);
        for (var place = 0; place < size; place++)
        {
            identity[place, place] = 1;
        }

        return identity;
    }

    /// <summary>The rows that are named, in that order.</summary>
    public FieldMatrix Select(ReadOnlySpan<int> rows)
    {
        var selected = new FieldMatrix(rows.Length, Columns);
        for (var row = 0; row < rows.Length; row++)
        {
            Row(rows[row]).CopyTo(selected.Row(row));
        }

        return selected;
    }

    public FieldMatrix Multiply(FieldMatrix right)
    {
        var product = new FieldMatrix(Rows, right.Columns);
        for (var row = 0; row < Rows; row++)
        {
            for (var place = 0; place < Columns; place++)
            {
                AddMultiple(product.Row(row), right.Row(place), this[row, place]);
            }
        }

        return product;
    }

    /// <summary>The inverse, by Gauss and Jordan.</summary>
    /// <exception cref="InvalidOperationException">The matrix has none.</exception>
    public FieldMatrix Invert()
    {
        var (left, right) = (Select([.. Enumerable.Range(0, Rows)]), Identity(Rows));
        for (var place = 0; place < Rows; place++)
        {
            var pivot = FindPivot(left, place);
            Swap(left, place, pivot);
            Swap(right, place, pivot);
            var scale = BinaryField.Invert(left[place, place]);
            Scale(left.Row(place), scale);
            Scale(right.Row(place), scale);
            Clear(left, right, place);
        }

        return right;
    }

    private static void Clear(FieldMatrix left, FieldMatrix right, int place)
    {
        for (var row = 0; row < left.Rows; row++)
        {
            if (row != place && left[row, place] is not 0 and var factor)
            {
                AddMultiple(left.Row(row), left.Row(place), factor);
                AddMultiple(right.Row(row), right.Row(place), factor);
            }
        }
    }

    private static int FindPivot(FieldMatrix matrix, int place)
    {
        for (var row = place; row < matrix.Rows; row++)
        {
            if (matrix[row, place] != 0)
            {
                return row;
            }
        }

        throw new InvalidOperationException("The matrix has no inverse.");
    }

    private static void Swap(FieldMatrix matrix, int first, int second)
    {
        for (var column = 0; column < matrix.Columns; column++)
        {
            (matrix[first, column], matrix[second, column]) = (matrix[second, column], matrix[first, column]);
        }
    }

    private static void Scale(Span<byte> row, byte factor)
    {
        foreach (ref var cell in row)
        {
            cell = BinaryField.Multiply(cell, factor);
        }
    }

    private static void AddMultiple(Span<byte> target, ReadOnlySpan<byte> row, byte factor)
    {
        for (var column = 0; column < target.Length; column++)
        {
            target[column] ^= BinaryField.Multiply(row[column], factor);
        }
    }

    private Span<byte> Row(int row) => cells.AsSpan(row * Columns, Columns);
}
