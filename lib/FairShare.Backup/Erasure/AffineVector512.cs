using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace FairShare.Backup.Erasure;

/// <summary>64 octets, multiplied as by a matrix of bits, in one instruction (GFNI with AVX-512).</summary>
internal readonly struct AffineVector512(Vector512<byte> octets) : IFieldVector<AffineVector512, Vector512<byte>, ulong>
{
    private readonly Vector512<byte> octets = octets;

    public static int Size => Vector512<byte>.Count;

    public static ulong FactorOf(byte cell) => AffineMatrix.Of(cell);

    public static Vector512<byte> Load(ref byte source, nuint place) => Vector512.LoadUnsafe(ref source, place);

    public static AffineVector512 Multiply(in Vector512<byte> value, in ulong factor) =>
        new(Gfni.V512.GaloisFieldAffineTransform(value, Vector512.Create(factor).AsByte(), 0));

    public static AffineVector512 operator ^(AffineVector512 left, AffineVector512 right) => new(left.octets ^ right.octets);

    public void Store(ref byte target, nuint place) => octets.StoreUnsafe(ref target, place);
}
