using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace FairShare.Backup.Erasure;

/// <summary>Multiplies a matrix with blocks of bytes; all kernels give the same, at different speeds.</summary>
internal abstract class BlockKernel
{
    /// <summary>The kernels that this machine can run, the fastest first; the last runs everywhere.</summary>
    public static IReadOnlyList<BlockKernel> Supported { get; } =
    [
        .. Gfni.V512.IsSupported ? [new VectorKernel<AffineVector512, Vector512<byte>, ulong>()] : Array.Empty<BlockKernel>(),
        .. Gfni.V256.IsSupported ? [new VectorKernel<AffineVector256, Vector256<byte>, ulong>()] : Array.Empty<BlockKernel>(),
        .. Avx2.IsSupported ? [new VectorKernel<ShuffleVector256, OctetHalves, HalfProducts>()] : Array.Empty<BlockKernel>(),
        new TableKernel(),
    ];

    /// <summary>What the kernel needs of a matrix, computed once.</summary>
    public abstract IBlockProduct Prepare(FieldMatrix matrix);
}

/// <summary>The product of one matrix with blocks.</summary>
internal interface IBlockProduct
{
    /// <summary>Computes each row's output block: the sum of the input blocks, each times its cell of the row.</summary>
    /// <param name="inputs">One block for each column, one behind the other.</param>
    /// <param name="outputs">One block for each row, one behind the other; overwritten.</param>
    /// <param name="blockSize">The octets of a block; any number.</param>
    void Multiply(ReadOnlySpan<byte> inputs, Span<byte> outputs, int blockSize);
}
