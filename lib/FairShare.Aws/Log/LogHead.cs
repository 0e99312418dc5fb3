using FairShare.Core.Digests;
using FairShare.Log.Merkle;

namespace FairShare.Aws.Log;

/// <summary>How far the log has come.</summary>
/// <param name="Size">How many leaves are committed.</param>
/// <param name="Root">The root of the tree of that size.</param>
/// <param name="Archive">The archive of the batch that made it so; empty for a log without leaves.</param>
/// <param name="Published">The size of the last checkpoint that is known to be published.</param>
public sealed record LogHead(long Size, Sha256Digest Root, string Archive, long Published)
{
    /// <summary>A log without leaves.</summary>
    public static LogHead Empty { get; } = new(0, TreeHash.Empty, "", 0);

    /// <summary>Whether everything that is committed is published, too.</summary>
    public bool IsPublished => Published >= Size;
}
