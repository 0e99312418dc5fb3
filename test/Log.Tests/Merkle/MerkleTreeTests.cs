using FairShare.Core.Digests;
using FairShare.Log.Merkle;

namespace FairShare.Log.Tests.Merkle;

public sealed class MerkleTreeTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private static readonly int[] Sizes = [.. Enumerable.Range(0, 35), 64, 65, 127, 255, 256, 257, 511, 512, 513, 600];

    /// <summary>The leaves and roots of the test data of Certificate Transparency's first implementation.</summary>
    private static readonly (string Leaf, string Root)[] Published =
    [
        ("", "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d"),
        ("00", "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125"),
        ("10", "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77"),
        ("2021", "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7"),
        ("3031", "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4"),
        ("40414243", "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef"),
        ("5051525354555657", "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c"),
        ("606162636465666768696a6b6c6d6e6f", "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328"),
    ];

    [Fact]
    public async Task Root_OfPublishedLeaves_IsAsPublished()
    {
        var nodes = new TreeNodes();
        foreach (var (leaf, root) in Published)
        {
            nodes.Add(TreeHash.OfLeaf(Convert.FromHexString(leaf)));
            Assert.Equal(root, Convert.ToHexStringLower((await new MerkleTree(nodes, nodes.Size).RootAsync(Cancel)).ToBytes()));
        }
    }

    [Fact]
    public async Task Proofs_OfEveryLeafAndSize_VerifyAndNothingElseDoes()
    {
        var nodes = SampleTree.Nodes(600);
        foreach (var size in Sizes)
        {
            var tree = new MerkleTree(nodes, size);
            var root = await tree.RootAsync(Cancel);
            Assert.Equal(SampleTree.RootOf(size), root);
            for (var index = 0; index < size; index++)
            {
                var proof = await tree.ProveInclusionAsync(index, Cancel);
                var leaf = SampleTree.Leaf(index).Hash();
                Assert.True(proof.Verify(leaf, root));
                Assert.False(proof.Verify(SampleTree.Leaf(index + 1).Hash(), root));
                Assert.False(size > 1 && (proof with { Index = (index + 1) % size }).Verify(leaf, root));
                Assert.False((proof with { Hashes = [.. proof.Hashes, root] }).Verify(leaf, root));
                Assert.False(proof.Hashes.Count > 0 && (proof with { Hashes = [.. proof.Hashes.Skip(1)] }).Verify(leaf, root));
            }
        }
    }

    [Fact]
    public async Task Consistency_OfAnyTwoSizes_VerifiesAndOfAForkDoesNot()
    {
        var nodes = SampleTree.Nodes(600);
        foreach (var size in Sizes)
        {
            var tree = new MerkleTree(nodes, size);
            var root = await tree.RootAsync(Cancel);
            foreach (var oldSize in Sizes.Where(smaller => smaller <= size))
            {
                var oldRoot = await new MerkleTree(nodes, oldSize).RootAsync(Cancel);
                var proof = await tree.ProveConsistencyAsync(oldSize, Cancel);
                Assert.True(proof.Verify(oldRoot, root), $"{oldSize} to {size}");
                var fork = Sha256Digest.Of("another"u8);
                Assert.False(proof.Verify(fork, root));
                Assert.False(oldSize > 0 && proof.Verify(oldRoot, fork));
                Assert.False((proof with { Hashes = [.. proof.Hashes, root] }).Verify(oldRoot, root));
                Assert.False(oldSize > 1 && oldSize < size && (proof with { OldSize = oldSize - 1 }).Verify(oldRoot, root));
            }
        }
    }

    [Fact]
    public async Task Proofs_OfWhatIsNotThere_AreRefused()
    {
        var tree = new MerkleTree(SampleTree.Nodes(3), 3);
        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(() => tree.ProveInclusionAsync(3, Cancel));
        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(() => tree.ProveInclusionAsync(-1, Cancel));
        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(() => tree.ProveConsistencyAsync(4, Cancel));
    }
}
