using FairShare.Core.Digests;

namespace FairShare.Log.Merkle;

/// <summary>Where the hashes of a tree's full subtrees are read from.</summary>
public interface ITreeNodes
{
    /// <summary>Reads the hash of a full subtree.</summary>
    /// <param name="node">The subtree; all its leaves are in the tree.</param>
    /// <param name="cancellationToken">Stops the call.</param>
    ValueTask<Sha256Digest> ReadAsync(TreeNode node, CancellationToken cancellationToken);
}
