namespace FairShare.Backup.Erasure;

/// <summary>How blocks lie in memory: one behind the other.</summary>
internal static class BlockLayout
{
    /// <summary>The octets of the largest block: places within it, and steps past its end, are 32-bit numbers.</summary>
    public const int LargestBlock = 1 << 30;

    /// <exception cref="ArgumentException">The spans do not have just the blocks that they should have.</exception>
    public static void Require(ReadOnlySpan<byte> inputs, int columns, ReadOnlySpan<byte> outputs, int rows, int blockSize)
    {
        if (blockSize is < 0 or > LargestBlock || inputs.Length != (long)columns * blockSize || outputs.Length != (long)rows * blockSize)
        {
            throw new ArgumentException(
                $"{inputs.Length} and {outputs.Length} octets are not {columns} and {rows} blocks of {blockSize}.",
                nameof(inputs)
            );
        }
    }
}
