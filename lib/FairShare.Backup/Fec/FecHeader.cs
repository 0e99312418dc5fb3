using System.Buffers.Binary;
using System.Numerics;

namespace FairShare.Backup.Fec;

/// <summary>
/// The first two to four octets of a <c>.fec</c> file as zfec writes them: n - 1 in eight bits, and as many bits as are needed for m - 1,
/// the padding, and the share's number; zeros to the end of the last octet.
/// </summary>
/// <param name="Required">m: how many shares give the file back, 1 to n.</param>
/// <param name="Total">n: how many shares there are, 1 to 256.</param>
/// <param name="Padding">How many zeros stand behind the file, less than m: its length and they are a multiple of m.</param>
/// <param name="Number">The share's number, 0 to n - 1.</param>
public readonly record struct FecHeader(int Required, int Total, int Padding, int Number)
{
    private const int TotalBits = 8;
    private const int LongestSize = 4;

    /// <summary>The octets of the header of every share of a file: 2, 3 or 4.</summary>
    public int Size => Math.Max(2, (TotalBits + (2 * BitsFor(Total)) + BitsFor(Required) + 7) / 8);

    /// <summary>The header of a share of a file of that length.</summary>
    /// <param name="required">m.</param>
    /// <param name="total">n.</param>
    /// <param name="number">The share's number.</param>
    /// <param name="length">The file's octets.</param>
    public static FecHeader Of(int required, int total, int number, long length) =>
        new(required, total, (int)((required - (length % required)) % required), number);

    /// <summary>Writes the header.</summary>
    public byte[] ToBytes()
    {
        var bits = (uint)(Total - 1);
        bits = (bits << BitsFor(Total)) | (uint)(Required - 1);
        bits = (bits << BitsFor(Required)) | (uint)Padding;
        bits = (bits << BitsFor(Total)) | (uint)Number;
        var used = TotalBits + (2 * BitsFor(Total)) + BitsFor(Required);
        var octets = new byte[LongestSize];
        BinaryPrimitives.WriteUInt32BigEndian(octets, bits << ((8 * LongestSize) - used));
        return octets[..Size];
    }

    /// <summary>Reads a header from the first octets of a file.</summary>
    /// <param name="start">At least the header; what stands behind it is not read.</param>
    /// <returns>The header, or null where there is none: too few octets, or numbers that do not fit each other.</returns>
    public static FecHeader? TryRead(ReadOnlySpan<byte> start)
    {
        Span<byte> octets = stackalloc byte[LongestSize];
        start[..Math.Min(start.Length, LongestSize)].CopyTo(octets);
        var bits = BinaryPrimitives.ReadUInt32BigEndian(octets);
        var total = Take(ref bits, TotalBits) + 1;
        var required = Take(ref bits, BitsFor(total)) + 1;
        var padding = Take(ref bits, BitsFor(required));
        var number = Take(ref bits, BitsFor(total));
        var header = new FecHeader(required, total, padding, number);
        var fits = required <= total && padding < required && number < total;
        return fits && start.Length >= header.Size ? header : null;
    }

    private static int Take(ref uint bits, int count)
    {
        var taken = count == 0 ? 0 : (int)(bits >> (32 - count));
        bits <<= count;
        return taken;
    }

    // The bits that the numbers from 0 to count - 1 need.
    private static int BitsFor(int count) => BitOperations.Log2((uint)count) + (BitOperations.IsPow2(count) ? 0 : 1);
}
