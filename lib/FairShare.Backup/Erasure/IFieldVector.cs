namespace FairShare.Backup.Erasure;

/// <summary>
/// A vector of octets that is added and multiplied in <see cref="BinaryField"/> with a few instructions of the processor.
/// </summary>
/// <typeparam name="TSelf">The vector.</typeparam>
/// <typeparam name="TOperand">Octets as they are multiplied: what all products of them have in common is done once.</typeparam>
/// <typeparam name="TFactor">A cell of the matrix as it multiplies.</typeparam>
internal interface IFieldVector<TSelf, TOperand, TFactor>
    where TSelf : struct, IFieldVector<TSelf, TOperand, TFactor>
{
    /// <summary>The octets of a vector.</summary>
    static abstract int Size { get; }

    static abstract TFactor FactorOf(byte cell);

    static abstract TOperand Load(ref byte source, nuint place);

    static abstract TSelf Multiply(in TOperand value, in TFactor factor);

    static abstract TSelf operator ^(TSelf left, TSelf right);

    void Store(ref byte target, nuint place);
}
