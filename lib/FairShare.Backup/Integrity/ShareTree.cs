using System.Security.Cryptography;
using FairShare.Core.Digests;

namespace FairShare.Backup.Integrity;

/// <summary>
/// A tree of hashes over a share's body, by which any leaf of it is checked without the rest. Leaves have 16 KiB, the last one what is
/// left.
/// A leaf's hash is SHA-256 of a zero and its octets, a node's of a one and the two hashes under it; a node without a partner goes up as it
/// is.
/// </summary>
public sealed class ShareTree
{
    /// <summary>The octets of every leaf but the last.</summary>
    public const int LeafSize = 16 * 1024;

    private const long LargestWithout = 1 << 20;

    internal static ReadOnlySpan<byte> LeafMark => [0];

    private readonly List<byte[][]> levels;

    private ShareTree(List<byte[][]> levels) => this.levels = levels;

    /// <summary>The hash at the top, which receipts and manifests have.</summary>
    public Sha256Digest Root => Sha256Digest.FromBytes(levels[^1][0]);

    /// <summary>How many leaves there are; at least one, which may be empty.</summary>
    public int Leaves => levels[0].Length;

    /// <summary>How many leaves a body of that many octets has.</summary>
    public static int LeavesOf(long size) => (int)Math.Max(1, (size + LeafSize - 1) / LeafSize);

    /// <summary>Whether the hashes of a body's leaves are kept beside it: one of up to 1 MiB is read whole as well.</summary>
    public static bool IsKeptBeside(long bodySize) => bodySize > LargestWithout;

    /// <summary>The hashes of the leaves, one behind the other: what is kept beside a body.</summary>
    public byte[] ToBytes() => [.. levels[0].SelectMany(hash => hash)];

    /// <summary>Reads the hashes of the leaves, and requires that they are those under a root.</summary>
    /// <param name="octets">What <see cref="ToBytes"/> gave.</param>
    /// <param name="size">The octets of the body.</param>
    /// <param name="root">The root, from something signed.</param>
    /// <returns>Null where they are not.</returns>
    public static ShareTree? TryRead(ReadOnlySpan<byte> octets, long size, Sha256Digest root)
    {
        if (octets.Length != LeavesOf(size) * Sha256Digest.ByteLength)
        {
            return null;
        }

        var tree = Of([.. octets.ToArray().Chunk(Sha256Digest.ByteLength)]);
        return tree.Root == root ? tree : null;
    }

    /// <summary>The leaves whose hashes differ from those of another tree; nothing where the trees have other numbers of leaves.</summary>
    public IEnumerable<int> DifferencesFrom(ShareTree other) =>
        Leaves == other.Leaves
            ? Enumerable.Range(0, Leaves).Where(leaf => !levels[0][leaf].AsSpan().SequenceEqual(other.levels[0][leaf]))
            : [];

    /// <summary>Whether octets are the leaf of that number.</summary>
    public bool Holds(int leaf, ReadOnlySpan<byte> octets) => HashLeaf(octets).AsSpan().SequenceEqual(levels[0][leaf]);

    /// <summary>Hashes a body.</summary>
    /// <param name="body">Read to its end.</param>
    /// <param name="cancellationToken">Stops the reading.</param>
    public static async Task<ShareTree> OfAsync(Stream body, CancellationToken cancellationToken = default)
    {
        var (leaves, leaf) = (new List<byte[]>(), new byte[LeafSize]);
        int read;
        do
        {
            read = await body.ReadAtLeastAsync(leaf, LeafSize, throwOnEndOfStream: false, cancellationToken).ConfigureAwait(false);
            if (read > 0 || leaves.Count == 0)
            {
                leaves.Add(HashLeaf(leaf.AsSpan(0, read)));
            }
        } while (read == LeafSize);

        return Of([.. leaves]);
    }

    /// <summary>A tree from the hashes of its leaves, as they are kept beside a body.</summary>
    /// <exception cref="ArgumentException">There is none.</exception>
    public static ShareTree Of(byte[][] leaves)
    {
        if (leaves.Length == 0)
        {
            throw new ArgumentException("A tree has a leaf.", nameof(leaves));
        }

        var levels = new List<byte[][]> { leaves };
        while (levels[^1].Length > 1)
        {
            levels.Add([.. levels[^1].Chunk(2).Select(pair => pair.Length == 2 ? HashNode(pair[0], pair[1]) : pair[0])]);
        }

        return new ShareTree(levels);
    }

    /// <summary>The hashes by which a leaf is checked, from the leaf up; a level where the leaf's side has no partner gives none.</summary>
    /// <param name="leaf">The leaf's number, from 0.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is no such leaf.</exception>
    public IReadOnlyList<Sha256Digest> PathOf(int leaf)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(leaf);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(leaf, Leaves);
        var path = new List<Sha256Digest>();
        var place = leaf;
        foreach (var level in levels)
        {
            var partner = place ^ 1;
            if (partner < level.Length)
            {
                path.Add(Sha256Digest.FromBytes(level[partner]));
            }

            place /= 2;
        }

        return path;
    }

    /// <summary>Whether octets are a leaf of the tree with that root.</summary>
    /// <param name="octets">The leaf.</param>
    /// <param name="leaf">Its number, from 0.</param>
    /// <param name="leaves">How many leaves the tree has, which follows from the body's length.</param>
    /// <param name="path">What <see cref="PathOf"/> gave.</param>
    /// <param name="root">The root.</param>
    public static bool IsLeaf(ReadOnlySpan<byte> octets, int leaf, int leaves, IReadOnlyList<Sha256Digest> path, Sha256Digest root)
    {
        if (leaf < 0 || leaf >= leaves || octets.Length > LeafSize)
        {
            return false;
        }

        var (hash, place, width, used) = (HashLeaf(octets), leaf, leaves, 0);
        for (; width > 1; place /= 2, width = (width + 1) / 2)
        {
            if ((place ^ 1) < width)
            {
                if (used == path.Count)
                {
                    return false;
                }

                var partner = path[used++].ToBytes();
                hash = place % 2 == 0 ? HashNode(hash, partner) : HashNode(partner, hash);
            }
        }

        return used == path.Count && Sha256Digest.FromBytes(hash) == root;
    }

    /// <summary>The hash of a leaf.</summary>
    public static byte[] HashLeaf(ReadOnlySpan<byte> octets) => SHA256.HashData([0, .. octets]);

    internal static byte[] HashNode(byte[] left, byte[] right) => SHA256.HashData([1, .. left, .. right]);
}
