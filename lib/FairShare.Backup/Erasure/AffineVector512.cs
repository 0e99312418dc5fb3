using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace FairShare.Backup.Erasure;

/// <summary>64 octets (GFNI with AVX-512).</summary>
internal readonly struct AffineVector512(Vector512<byte> octets) : IAffineVector<AffineVector512>
{
    private readonly Vector512<byte> octets = octets;

    public static int Size => Vector512<byte>.Count;

    public static AffineVector512 Load(ref byte source, nuint place) => new(Vector512.LoadUnsafe(ref source, place));

    public static AffineVector512 Affine(AffineVector512 value, ulong map) =>
        new(Gfni.V512.GaloisFieldAffineTransform(value.octets, Vector512.Create(map).AsByte(), 0));

    public static AffineVector512 operator ^(AffineVector512 left, AffineVector512 right) => new(left.octets ^ right.octets);

    public void Store(ref byte target, nuint place) => octets.StoreUnsafe(ref target, place);
}
