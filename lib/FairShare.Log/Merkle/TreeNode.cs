using System.Numerics;

namespace FairShare.Log.Merkle;

/// <summary>A full subtree of a tree: the one over the leaves from <c>Index</c> · 2^<c>Level</c>, of which it has 2^<c>Level</c>.</summary>
/// <param name="Level">The subtree's height; 0 is a leaf.</param>
/// <param name="Index">Its number among those of its height, from 0.</param>
public readonly record struct TreeNode(int Level, long Index)
{
    /// <summary>The largest full subtrees over a range of leaves, from left to right.</summary>
    /// <param name="start">The first leaf; a multiple of the smallest power of two that is not less than the range.</param>
    /// <param name="end">The leaf after the last.</param>
    internal static IReadOnlyList<TreeNode> Covering(long start, long end)
    {
        var nodes = new List<TreeNode>();
        while (start < end)
        {
            var level = BitOperations.Log2((ulong)(end - start));
            nodes.Add(new TreeNode(level, start >> level));
            start += 1L << level;
        }

        return nodes;
    }
}
