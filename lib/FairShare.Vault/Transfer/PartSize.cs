using FairShare.Core.Digests;

namespace FairShare.Vault.Transfer;

/// <summary>The parts in which an object is uploaded: 8 MiB, doubled until 10,000 are enough.</summary>
public static class PartSize
{
    /// <summary>The smallest part size in bytes: 8 MiB, enough for 78 GiB.</summary>
    public const int Smallest = 8 << 20;

    /// <summary>The part size of an object that has at most these bytes.</summary>
    /// <param name="lengthBound">Bytes, 0 to 5 TiB, the most that S3 stores in one object.</param>
    /// <exception cref="ArgumentOutOfRangeException">More than 5 TiB.</exception>
    public static int For(long lengthBound)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(lengthBound, 5L << 40);
        long size = Smallest;
        while (size * DigestLimits.MaxParts < lengthBound)
        {
            size *= 2;
        }

        return (int)size;
    }
}
