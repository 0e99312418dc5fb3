using System.Numerics;
using FairShare.Core.Digests;

namespace FairShare.Log.Merkle;

/// <summary>A tree of some size, whose root and proofs are computed from the hashes of its full subtrees (RFC 9162, section 2.1).</summary>
/// <param name="nodes">Where the hashes are; they may be those of a larger tree.</param>
/// <param name="size">How many leaves the tree has, 0 or more.</param>
public sealed class MerkleTree(ITreeNodes nodes, long size)
{
    /// <summary>Computes the root.</summary>
    public Task<Sha256Digest> RootAsync(CancellationToken cancellationToken = default) => HashAsync(0, size, cancellationToken);

    /// <summary>Computes the root of a smaller tree that is this one's beginning.</summary>
    /// <param name="smaller">How many leaves it has; not more than this one.</param>
    /// <param name="cancellationToken">Stops the call.</param>
    public Task<Sha256Digest> RootOfAsync(long smaller, CancellationToken cancellationToken = default)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(smaller, size);
        return HashAsync(0, smaller, cancellationToken);
    }

    /// <summary>Proves that a leaf stands in the tree.</summary>
    /// <param name="index">The leaf's place, from 0.</param>
    /// <param name="cancellationToken">Stops the call.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is no such leaf.</exception>
    public async Task<InclusionProof> ProveInclusionAsync(long index, CancellationToken cancellationToken = default)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(index);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(index, size);
        var (start, end, hashes) = (0L, size, new List<Sha256Digest>());
        while (end - start > 1)
        {
            var middle = start + LeftSize(end - start);
            if (index < middle)
            {
                hashes.Add(await HashAsync(middle, end, cancellationToken).ConfigureAwait(false));
                end = middle;
            }
            else
            {
                hashes.Add(await HashAsync(start, middle, cancellationToken).ConfigureAwait(false));
                start = middle;
            }
        }

        hashes.Reverse();
        return new InclusionProof(index, size, hashes);
    }

    /// <summary>Proves that a smaller tree is this one's beginning.</summary>
    /// <param name="oldSize">How many leaves the smaller tree has; of 0 and of this tree's own size the proof is empty.</param>
    /// <param name="cancellationToken">Stops the call.</param>
    /// <exception cref="ArgumentOutOfRangeException">It is negative, or larger than this tree.</exception>
    public async Task<ConsistencyProof> ProveConsistencyAsync(long oldSize, CancellationToken cancellationToken = default)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(oldSize);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(oldSize, size);
        var (start, end, hashes) = (0L, size, new List<Sha256Digest>());
        while (oldSize > 0 && oldSize != end)
        {
            var middle = start + LeftSize(end - start);
            if (oldSize <= middle)
            {
                hashes.Add(await HashAsync(middle, end, cancellationToken).ConfigureAwait(false));
                end = middle;
            }
            else
            {
                hashes.Add(await HashAsync(start, middle, cancellationToken).ConfigureAwait(false));
                start = middle;
            }
        }

        if (start > 0)
        {
            // Else it is the smaller tree's root, which the verifier has.
            hashes.Add(await HashAsync(start, end, cancellationToken).ConfigureAwait(false));
        }

        hashes.Reverse();
        return new ConsistencyProof(oldSize, size, hashes);
    }

    /// <summary>The leaves of the left subtree: the largest power of two less than all.</summary>
    private static long LeftSize(long count) => 1L << BitOperations.Log2((ulong)(count - 1));

    private async Task<Sha256Digest> HashAsync(long start, long end, CancellationToken cancellationToken)
    {
        var hashes = new List<Sha256Digest>();
        foreach (var node in TreeNode.Covering(start, end))
        {
            hashes.Add(await nodes.ReadAsync(node, cancellationToken).ConfigureAwait(false));
        }

        return TreeHash.OfSubtrees(hashes);
    }
}
