using System.Numerics;
using FairShare.Core.Digests;

namespace FairShare.Backup.Integrity;

/// <summary>
/// What must be kept of a <see cref="ShareTree"/> whose leaves come one after the other: the roots of the largest whole trees under it,
/// from the left. They are as many as the number of leaves has ones in base two, and enough for the root, however many leaves there are.
/// </summary>
public sealed class TreeFrontier
{
    private readonly List<byte[]> nodes;

    /// <summary>A tree without leaves.</summary>
    public TreeFrontier()
        : this(0, []) { }

    private TreeFrontier(long leaves, List<byte[]> nodes) => (Leaves, this.nodes) = (leaves, nodes);

    /// <summary>How many leaves came.</summary>
    public long Leaves { get; private set; }

    /// <summary>The hash at the top of what came.</summary>
    /// <exception cref="InvalidOperationException">No leaf came.</exception>
    public Sha256Digest Root =>
        Sha256Digest.FromBytes(Enumerable.Reverse(nodes).Aggregate((right, left) => ShareTree.HashNode(left, right)));

    /// <summary>Takes the next leaf's hash.</summary>
    public void Append(byte[] leaf)
    {
        var node = leaf;
        for (var place = Leaves; (place & 1) == 1; place >>= 1)
        {
            node = ShareTree.HashNode(nodes[^1], node);
            nodes.RemoveAt(nodes.Count - 1);
        }

        nodes.Add(node);
        Leaves++;
    }

    /// <summary>Writes the hashes, one behind the other.</summary>
    public byte[] ToBytes() => [.. nodes.SelectMany(node => node)];

    /// <summary>Reads what <see cref="ToBytes"/> gave.</summary>
    /// <param name="octets">The hashes.</param>
    /// <param name="leaves">How many leaves had come.</param>
    /// <returns>Null for another number of hashes than those leaves give.</returns>
    public static TreeFrontier? TryRead(ReadOnlySpan<byte> octets, long leaves) =>
        leaves >= 0 && octets.Length == BitOperations.PopCount((ulong)leaves) * Sha256Digest.ByteLength
            ? new TreeFrontier(leaves, [.. octets.ToArray().Chunk(Sha256Digest.ByteLength)])
            : null;
}
