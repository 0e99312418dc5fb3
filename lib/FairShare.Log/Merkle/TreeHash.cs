using System.Security.Cryptography;
using FairShare.Core.Digests;

namespace FairShare.Log.Merkle;

/// <summary>The hashes of a Merkle tree, SHA-256 with a prefix that tells leaves from nodes (RFC 9162, section 2.1.1).</summary>
public static class TreeHash
{
    /// <summary>The root of a tree without leaves: the hash of nothing.</summary>
    public static Sha256Digest Empty { get; } = Sha256Digest.Of([]);

    /// <summary>A leaf's hash: that of a zero and the entry.</summary>
    /// <param name="entry">The leaf's octets, as the log's entry bundles have them.</param>
    public static Sha256Digest OfLeaf(ReadOnlySpan<byte> entry) => Sha256Digest.Of([0, .. entry]);

    /// <summary>A node's hash: that of a one and the two hashes under it.</summary>
    /// <param name="left">The hash of the left, full subtree.</param>
    /// <param name="right">The hash of what is right of it.</param>
    public static Sha256Digest OfNode(Sha256Digest left, Sha256Digest right) =>
        Sha256Digest.FromBytes(SHA256.HashData([1, .. left.ToBytes(), .. right.ToBytes()]));

    /// <summary>The hash over subtrees side by side, each larger than the next: the last two are joined first.</summary>
    /// <param name="subtrees">The subtrees' hashes, from left to right; of none, <see cref="Empty"/>.</param>
    public static Sha256Digest OfSubtrees(IReadOnlyList<Sha256Digest> subtrees)
    {
        if (subtrees.Count == 0)
        {
            return Empty;
        }

        var hash = subtrees[^1];
        for (var place = subtrees.Count - 2; place >= 0; place--)
        {
            hash = OfNode(subtrees[place], hash);
        }

        return hash;
    }

    /// <summary>The hash of a full subtree over as many hashes as a power of two.</summary>
    internal static Sha256Digest OfFull(ReadOnlySpan<Sha256Digest> hashes) =>
        hashes.Length == 1 ? hashes[0] : OfNode(OfFull(hashes[..(hashes.Length / 2)]), OfFull(hashes[(hashes.Length / 2)..]));
}
