using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace FairShare.Backup.Erasure;

/// <summary>32 octets (GFNI with AVX).</summary>
internal readonly struct AffineVector256(Vector256<byte> octets) : IAffineVector<AffineVector256>
{
    private readonly Vector256<byte> octets = octets;

    public static int Size => Vector256<byte>.Count;

    public static AffineVector256 Load(ref byte source, nuint place) => new(Vector256.LoadUnsafe(ref source, place));

    public static AffineVector256 Affine(AffineVector256 value, ulong map) =>
        new(Gfni.V256.GaloisFieldAffineTransform(value.octets, Vector256.Create(map).AsByte(), 0));

    public static AffineVector256 operator ^(AffineVector256 left, AffineVector256 right) => new(left.octets ^ right.octets);

    public void Store(ref byte target, nuint place) => octets.StoreUnsafe(ref target, place);
}
