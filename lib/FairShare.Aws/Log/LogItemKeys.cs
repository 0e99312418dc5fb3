using FairShare.Aws.Table;
using FairShare.Core.Digests;

namespace FairShare.Aws.Log;

/// <summary>The keys of the log's items.</summary>
internal static class LogItemKeys
{
    public const string KeyPrefix = "NOTEKEY#";

    public static ItemKey Head { get; } = new(Partitions.LogHead + "HEAD", "HEAD");

    /// <summary>Where a token stands: whoever has it computes its hash.</summary>
    public static ItemKey Leaf(Sha256Digest tokenHash) => new(Partitions.Log + tokenHash, "LEAF");

    /// <summary>A key that the log signed with.</summary>
    public static ItemKey Key(uint id) => new(KeyPartition, $"{KeyPrefix}{id:x8}");

    public const string KeyPartition = Partitions.Store + "LOG";
}
