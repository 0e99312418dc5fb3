namespace FairShare.Backup.Erasure;

/// <summary>
/// zfec's matrix, of which any m rows have an inverse: rows of powers of the generator's powers, multiplied from the right so that the
/// first m rows become the identity. Share i of a stripe is row i times the stripe's m blocks; the first m shares are the stripe itself.
/// </summary>
internal static class DispersalMatrix
{
    /// <param name="required">m, at least 1.</param>
    /// <param name="total">n, from m to 256.</param>
    public static FieldMatrix Create(int required, int total)
    {
        var powers = new FieldMatrix(total, required) { [0, 0] = 1 };
        for (var row = 1; row < total; row++)
        {
            for (var column = 0; column < required; column++)
            {
                powers[row, column] = BinaryField.Power((row - 1) * column);
            }
        }

        return powers.Multiply(powers.Select([.. Enumerable.Range(0, required)]).Invert());
    }
}
