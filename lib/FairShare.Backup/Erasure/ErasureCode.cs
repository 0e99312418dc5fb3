namespace FairShare.Backup.Erasure;

/// <summary>A code by which any m of a stripe's n blocks give all of them: Reed and Solomon's, with zfec's matrix.</summary>
public sealed class ErasureCode
{
    private const int Limit = 256;

    private readonly FieldMatrix matrix;
    private readonly BlockKernel kernel;

    /// <summary>A code on the fastest kernel that this machine has.</summary>
    /// <param name="required">m: how many blocks suffice, at least 1.</param>
    /// <param name="total">n: how many blocks there are, from m to 256.</param>
    /// <exception cref="ArgumentOutOfRangeException">Other numbers.</exception>
    public ErasureCode(int required, int total)
        : this(required, total, BlockKernel.Supported[0]) { }

    internal ErasureCode(int required, int total, BlockKernel kernel)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(required, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(total, required);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(total, Limit);
        (Required, Total, this.kernel) = (required, total, kernel);
        matrix = DispersalMatrix.Create(required, total);
    }

    /// <summary>m.</summary>
    public int Required { get; }

    /// <summary>n.</summary>
    public int Total { get; }

    /// <summary>How blocks n - m to n - 1, those that the stripe itself does not have, come from the stripe.</summary>
    public BlockPlan Encoding => Plan([.. Enumerable.Range(0, Required)], [.. Enumerable.Range(Required, Total - Required)]);

    /// <summary>How wanted blocks come from blocks that are there: for a restore the first m, for a repair those that are lost.</summary>
    /// <param name="present">The numbers of m different blocks, in the order in which they will be given.</param>
    /// <param name="wanted">The numbers of the blocks to be computed.</param>
    /// <exception cref="ArgumentException">Not m different blocks, or numbers from outside the code.</exception>
    public BlockPlan Plan(IReadOnlyList<int> present, IReadOnlyList<int> wanted)
    {
        if (present.Count != Required || present.Distinct().Count() != Required)
        {
            throw new ArgumentException($"{Required} different blocks are needed, not {string.Join(", ", present)}.", nameof(present));
        }

        foreach (var number in present.Concat(wanted).Where(number => number < 0 || number >= Total))
        {
            throw new ArgumentException($"There is no block {number} of {Total}.", nameof(wanted));
        }

        var restored = matrix.Select([.. present]).Invert();
        return new BlockPlan(kernel.Prepare(matrix.Select([.. wanted]).Multiply(restored)), present.Count, wanted.Count);
    }
}
