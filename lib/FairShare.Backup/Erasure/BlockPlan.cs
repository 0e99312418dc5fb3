namespace FairShare.Backup.Erasure;

/// <summary>A way to compute blocks of any stripe from others of it; may be used by several threads.</summary>
public sealed class BlockPlan
{
    private readonly IBlockProduct product;

    internal BlockPlan(IBlockProduct product, int inputs, int outputs) => (this.product, Inputs, Outputs) = (product, inputs, outputs);

    /// <summary>How many blocks it needs.</summary>
    public int Inputs { get; }

    /// <summary>How many blocks it gives.</summary>
    public int Outputs { get; }

    /// <summary>Computes the blocks of one stripe.</summary>
    /// <param name="present">The blocks that are there, one behind the other.</param>
    /// <param name="wanted">Where the wanted blocks are put, one behind the other.</param>
    /// <param name="blockSize">The octets of a block.</param>
    /// <exception cref="ArgumentException">The spans do not have just those blocks.</exception>
    public void Compute(ReadOnlySpan<byte> present, Span<byte> wanted, int blockSize)
    {
        BlockLayout.Require(present, Inputs, wanted, Outputs, blockSize);
        product.Multiply(present, wanted, blockSize);
    }
}
