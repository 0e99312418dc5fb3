using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace FairShare.Backup.Erasure;

/// <summary>32 octets, multiplied as by a matrix of bits, in one instruction (GFNI with AVX).</summary>
internal readonly struct AffineVector256(Vector256<byte> octets) : IFieldVector<AffineVector256, Vector256<byte>, ulong>
{
    private readonly Vector256<byte> octets = octets;

    public static int Size => Vector256<byte>.Count;

    public static ulong FactorOf(byte cell) => AffineMatrix.Of(cell);

    public static Vector256<byte> Load(ref byte source, nuint place) => Vector256.LoadUnsafe(ref source, place);

    public static AffineVector256 Multiply(in Vector256<byte> value, in ulong factor) =>
        new(Gfni.V256.GaloisFieldAffineTransform(value, Vector256.Create(factor).AsByte(), 0));

    public static AffineVector256 operator ^(AffineVector256 left, AffineVector256 right) => new(left.octets ^ right.octets);

    public void Store(ref byte target, nuint place) => octets.StoreUnsafe(ref target, place);
}
