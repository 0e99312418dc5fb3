using FairShare.Core.Digests;

namespace FairShare.Log.Merkle;

/// <summary>The hashes of a tree in memory, 64 octets a leaf; leaves are only ever added.</summary>
public sealed class TreeNodes : ITreeNodes
{
    private readonly List<List<Sha256Digest>> levels =
    [
        [],
    ];

    /// <summary>How many leaves there are.</summary>
    public long Size => levels[0].Count;

    /// <summary>Adds a leaf, by its hash.</summary>
    public void Add(Sha256Digest leafHash)
    {
        levels[0].Add(leafHash);
        for (var level = 0; levels[level].Count % 2 == 0; level++)
        {
            if (level + 1 == levels.Count)
            {
                levels.Add([]);
            }

            levels[level + 1].Add(TreeHash.OfNode(levels[level][^2], levels[level][^1]));
        }
    }

    /// <inheritdoc/>
    public ValueTask<Sha256Digest> ReadAsync(TreeNode node, CancellationToken cancellationToken) =>
        new(levels[node.Level][(int)node.Index]);
}
