using FairShare.Core.Errors;
using FairShare.Log.Leaves;
using FairShare.Log.Merkle;
using FairShare.Log.Tests.Merkle;
using FairShare.Log.Tiles;

namespace FairShare.Log.Tests.Tiles;

public sealed class LogEdgeTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    /// <summary>Every size is a step of its own, and each step goes through what is stored, as a sequencer's does.</summary>
    [Fact]
    public async Task Add_OneByOneTo600_LeavesTheTilesOfEverySize()
    {
        var (store, nodes, edge) = (new Dictionary<TileAddress, byte[]>(), new TreeNodes(), LogEdge.Empty);
        Assert.Equal(TreeHash.Empty, edge.Root());
        for (var size = 1; size <= 600; size++)
        {
            var leaf = SampleTree.Leaf(size - 1);
            nodes.Add(leaf.Hash());
            (edge, var files) = LogEdge.Read(size - 1, address => store[address]).Add([leaf]);
            foreach (var file in files)
            {
                store.Add(file.Address, file.Content);
            }

            Assert.Equal(size, edge.Size);
            var root = await new MerkleTree(nodes, size).RootAsync(Cancel);
            Assert.Equal(root, edge.Root());
            Assert.Equal(
                root,
                await new MerkleTree(new TileNodes(size, (address, _) => Task.FromResult(store[address])), size).RootAsync(Cancel)
            );
            Assert.All(TileAddress.AllOf(size), address => Assert.True(store.ContainsKey(address)));
        }
    }

    [Fact]
    public async Task Add_ManyAtOnce_LeavesTheSameTilesAsOneByOne()
    {
        var leaves = Enumerable.Range(0, 70_000).Select(SampleTree.Leaf).ToList();
        var (edge, files) = LogEdge.Empty.Add(leaves);
        var store = files.ToDictionary(file => file.Address, file => file.Content);
        Assert.Equal(TileAddress.AllOf(70_000).ToHashSet(), store.Keys.ToHashSet());
        var root = SampleTree.RootOf([.. leaves.Select(leaf => leaf.Hash())]);
        Assert.Equal(root, edge.Root());
        var tree = new MerkleTree(new TileNodes(70_000, (address, _) => Task.FromResult(store[address])), 70_000);
        foreach (var index in new[] { 0, 255, 256, 65_535, 65_536, 69_887, 69_888, 69_999 })
        {
            Assert.True((await tree.ProveInclusionAsync(index, Cancel)).Verify(leaves[index].Hash(), root));
            var bundle = TileAddress.OfEntries(index / 256, Math.Min(256, 70_000 - (index / 256 * 256)));
            Assert.Equal(leaves[index], LogLeaf.Parse(EntryBundle.Read(store[bundle], bundle.Width)[index % 256]));
        }
    }

    [Fact]
    public void Read_TilesThatAreCut_IsRefused()
    {
        var files = LogEdge
            .Empty.Add([SampleTree.Leaf(0), SampleTree.Leaf(1)])
            .Files.ToDictionary(file => file.Address, file => file.Content);
        foreach (var cut in files.Keys)
        {
            var refusal = Assert.Throws<ProtocolException>(() =>
                LogEdge.Read(2, address => address == cut ? files[address][..^1] : files[address])
            );
            Assert.Equal("invalid-tile", refusal.Code);
        }
    }
}
