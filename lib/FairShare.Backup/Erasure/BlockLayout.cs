namespace FairShare.Backup.Erasure;

/// <summary>How blocks lie in memory: one behind the other.</summary>
internal static class BlockLayout
{
    /// <exception cref="ArgumentException">The spans do not have just the blocks that they should have.</exception>
    public static void Require(ReadOnlySpan<byte> inputs, int columns, ReadOnlySpan<byte> outputs, int rows, int blockSize)
    {
        if (inputs.Length != columns * blockSize || outputs.Length != rows * blockSize)
        {
            throw new ArgumentException(
                $"{inputs.Length} and {outputs.Length} octets are not {columns} and {rows} blocks of {blockSize}.",
                nameof(inputs)
            );
        }
    }
}
