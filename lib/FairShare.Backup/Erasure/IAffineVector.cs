namespace FairShare.Backup.Erasure;

/// <summary>A vector of octets that the processor multiplies by a matrix of bits with one instruction (GF2P8AFFINEQB).</summary>
internal interface IAffineVector<TSelf>
    where TSelf : struct, IAffineVector<TSelf>
{
    static abstract int Size { get; }

    static abstract TSelf Load(ref byte source, nuint place);

    /// <summary>The product of each octet with a matrix of <see cref="AffineMatrix"/>.</summary>
    static abstract TSelf Affine(TSelf value, ulong map);

    static abstract TSelf operator ^(TSelf left, TSelf right);

    void Store(ref byte target, nuint place);
}
