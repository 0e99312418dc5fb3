using System.Security.Cryptography;
using FairShare.Backup.Integrity;
using FairShare.Backup.Tests.Fec;
using FairShare.Core.Digests;

namespace FairShare.Backup.Tests.Integrity;

public class ShareTreeTests
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(0, 1)]
    [InlineData(1, 1)]
    [InlineData(ShareTree.LeafSize, 1)]
    [InlineData(ShareTree.LeafSize + 1, 2)]
    [InlineData(5 * ShareTree.LeafSize, 5)]
    [InlineData((7 * ShareTree.LeafSize) - 3, 7)]
    public async Task IsLeaf_OfEveryLeaf_HoldsInItsPlaceAlone(int length, int leaves)
    {
        var body = FecFiles.Content(length);
        var tree = await ShareTree.OfAsync(new MemoryStream(body), Stop);
        Assert.Equal(leaves, tree.Leaves);
        for (var leaf = 0; leaf < leaves; leaf++)
        {
            var (octets, path) = (LeafOf(body, leaf), tree.PathOf(leaf));
            Assert.True(ShareTree.IsLeaf(octets, leaf, leaves, path, tree.Root));
            for (var other = -1; other <= leaves; other++)
            {
                Assert.Equal(other == leaf, ShareTree.IsLeaf(octets, other, leaves, path, tree.Root));
            }
        }
    }

    [Fact]
    public async Task IsLeaf_OfAnythingChanged_DoesNotHold()
    {
        var body = FecFiles.Content(5 * ShareTree.LeafSize);
        var tree = await ShareTree.OfAsync(new MemoryStream(body), Stop);
        var (octets, path) = (LeafOf(body, 2), tree.PathOf(2));
        Assert.False(ShareTree.IsLeaf(octets.AsSpan(1), 2, 5, path, tree.Root));
        Assert.False(ShareTree.IsLeaf(octets, 2, 5, [.. path.Skip(1)], tree.Root));
        Assert.False(ShareTree.IsLeaf(octets, 2, 5, [.. path, path[0]], tree.Root));
        Assert.False(ShareTree.IsLeaf(octets, 2, 5, [.. path.Reverse()], tree.Root));
        octets[100] ^= 1;
        Assert.False(ShareTree.IsLeaf(octets, 2, 5, path, tree.Root));
    }

    [Fact]
    public async Task Root_OfThreeLeaves_IsTheHashOfTwoAndTheThird()
    {
        var body = FecFiles.Content((2 * ShareTree.LeafSize) + 10);
        var leaves = Enumerable.Range(0, 3).Select(leaf => SHA256.HashData([0, .. LeafOf(body, leaf)])).ToArray();
        var expected = SHA256.HashData([1, .. SHA256.HashData([1, .. leaves[0], .. leaves[1]]), .. leaves[2]]);
        Assert.Equal(Sha256Digest.FromBytes(expected), (await ShareTree.OfAsync(new MemoryStream(body), Stop)).Root);
        Assert.Equal(Sha256Digest.FromBytes(expected), ShareTree.Of(leaves).Root);
    }

    [Fact]
    public void Of_NoLeaf_IsRefused()
    {
        Assert.Throws<ArgumentException>(() => ShareTree.Of([]));
        Assert.Throws<ArgumentOutOfRangeException>(() => ShareTree.Of([new byte[32]]).PathOf(1));
        Assert.Throws<ArgumentOutOfRangeException>(() => ShareTree.Of([new byte[32]]).PathOf(-1));
    }

    private static byte[] LeafOf(byte[] body, int leaf) =>
        body[(leaf * ShareTree.LeafSize)..Math.Min(body.Length, (leaf + 1) * ShareTree.LeafSize)];
}
