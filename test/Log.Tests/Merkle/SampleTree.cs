using System.Globalization;
using FairShare.Core.Digests;
using FairShare.Log.Leaves;
using FairShare.Log.Merkle;

namespace FairShare.Log.Tests.Merkle;

/// <summary>Leaves, and the roots of the trees over them as RFC 9162 defines them, by recursion.</summary>
internal static class SampleTree
{
    public static LogLeaf Leaf(int index) =>
        new("Sample", Sha256Digest.Of(System.Text.Encoding.ASCII.GetBytes(index.ToString(CultureInfo.InvariantCulture))));

    public static TreeNodes Nodes(int size)
    {
        var nodes = new TreeNodes();
        for (var index = 0; index < size; index++)
        {
            nodes.Add(Leaf(index).Hash());
        }

        return nodes;
    }

    public static Sha256Digest RootOf(ReadOnlySpan<Sha256Digest> leafHashes)
    {
        if (leafHashes.Length < 2)
        {
            return leafHashes.Length == 0 ? TreeHash.Empty : leafHashes[0];
        }

        var middle = 1;
        while (middle * 2 < leafHashes.Length)
        {
            middle *= 2;
        }

        return TreeHash.OfNode(RootOf(leafHashes[..middle]), RootOf(leafHashes[middle..]));
    }

    public static Sha256Digest RootOf(int size) => RootOf([.. Enumerable.Range(0, size).Select(index => Leaf(index).Hash())]);
}
