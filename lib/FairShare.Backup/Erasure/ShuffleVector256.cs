using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace FairShare.Backup.Erasure;

/// <summary>32 octets; the products of each octet's two halves are looked up in tables of sixteen (AVX2).</summary>
internal readonly struct ShuffleVector256(Vector256<byte> octets) : IFieldVector<ShuffleVector256, OctetHalves, HalfProducts>
{
    private readonly Vector256<byte> octets = octets;

    public static int Size => Vector256<byte>.Count;

    public static HalfProducts FactorOf(byte cell) =>
        new(TableOf(half => BinaryField.Multiply(cell, half)), TableOf(half => BinaryField.Multiply(cell, (byte)(half << 4))));

    public static OctetHalves Load(ref byte source, nuint place)
    {
        var (value, mask) = (Vector256.LoadUnsafe(ref source, place), Vector256.Create((byte)0x0F));
        return new(value & mask, Avx2.ShiftRightLogical(value.AsUInt16(), 4).AsByte() & mask);
    }

    public static ShuffleVector256 Multiply(in OctetHalves value, in HalfProducts factor) =>
        new(Avx2.Shuffle(factor.Low, value.Low) ^ Avx2.Shuffle(factor.High, value.High));

    public static ShuffleVector256 operator ^(ShuffleVector256 left, ShuffleVector256 right) => new(left.octets ^ right.octets);

    public void Store(ref byte target, nuint place) => octets.StoreUnsafe(ref target, place);

    // The instruction looks up in each half of 16 octets by itself, so the table stands there twice.
    private static Vector256<byte> TableOf(Func<byte, byte> product)
    {
        var table = Vector128.Create([.. Enumerable.Range(0, Vector128<byte>.Count).Select(half => product((byte)half))]);
        return Vector256.Create(table, table);
    }
}

/// <summary>The lower and the upper four bits of each octet.</summary>
internal readonly record struct OctetHalves(Vector256<byte> Low, Vector256<byte> High);

/// <summary>A cell's products with the sixteen lower and the sixteen upper halves of an octet.</summary>
internal readonly record struct HalfProducts(Vector256<byte> Low, Vector256<byte> High);
