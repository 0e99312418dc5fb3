using FairShare.Core.Errors;

namespace FairShare.Vault.Items;

/// <summary>How large an item may be.</summary>
public static class ItemSize
{
    /// <summary>The most bytes of an item that the service keeps in its table, so that one write picks who opens it: 2,800, which with
    /// the rest of their row are three KiB at most. A fourth would make them dearer than in the bucket.</summary>
    public const int LargestInline = 2800;

    /// <summary>The most bytes of an object: 5 TiB, the most that S3 stores in one.</summary>
    public const long Largest = 5L << 40;

    /// <summary>Passes a size of 1 byte to 5 TiB.</summary>
    /// <exception cref="ProtocolException"><c>invalid-vault-size</c>.</exception>
    public static long Require(long size) =>
        size is >= 1 and <= Largest ? size : throw new ProtocolException("invalid-vault-size", "An item has 1 byte to 5 TiB.");
}
