using FairShare.Backup.Integrity;
using FairShare.Core.Digests;

namespace FairShare.Backup.Tests.Integrity;

public class BodyTallyTests
{
    [Fact]
    public void Root_OfAFrontierPutDownBeforeEachLeaf_IsThatOfTheTree()
    {
        for (var leaves = 1; leaves <= 70; leaves++)
        {
            var hashes = Enumerable.Range(0, leaves).Select(leaf => ShareTree.HashLeaf([(byte)leaf])).ToArray();
            var frontier = new TreeFrontier();
            foreach (var hash in hashes)
            {
                frontier = TreeFrontier.TryRead(frontier.ToBytes(), frontier.Leaves)!;
                frontier.Append(hash);
            }

            Assert.Equal((ShareTree.Of(hashes).Root, leaves), (frontier.Root, frontier.Leaves));
        }
    }

    [Theory]
    [InlineData(0, 32)]
    [InlineData(3, 32)]
    [InlineData(3, 63)]
    [InlineData(4, 64)]
    [InlineData(-1, 32)]
    public void TryRead_OfAnotherNumberOfHashes_GivesNothing(long leaves, int octets) =>
        Assert.Null(TreeFrontier.TryRead(new byte[octets], leaves));

    [Fact]
    public void Take_OfLeavesAndTheirHashes_NamesTheWrongOnes()
    {
        var (tally, leaves) = (new BodyTally(), Enumerable.Range(0, 300).Select(leaf => new[] { (byte)leaf, (byte)(leaf >> 8) }).ToList());
        var tree = ShareTree.Of([.. leaves.Select(leaf => ShareTree.HashLeaf(leaf))]);
        for (var leaf = 0; leaf < leaves.Count; leaf++)
        {
            var isRight = leaf % 2 == 0;
            Assert.Equal(isRight, tally.Take(isRight ? leaves[leaf] : [0, 0], ShareTree.HashLeaf(leaves[leaf])));
        }

        Assert.True(tally.IsBeside(tree.Root));
        Assert.Equal(Enumerable.Range(0, 100).Select(place => (2 * place) + 1), tally.Wrong);
        Assert.NotEqual(tree.Root, tally.Found.Root);
    }

    [Fact]
    public void Take_AHashIsMissing_KnowsOfNoneAfterIt()
    {
        var tally = new BodyTally();
        Assert.True(tally.Take([1], ShareTree.HashLeaf([1])));
        Assert.False(tally.Take([2], default));
        Assert.False(tally.Take([3], ShareTree.HashLeaf([3])));
        Assert.Equal((3, 1), (tally.Found.Leaves, tally.Beside.Leaves));
        Assert.False(tally.IsBeside(ShareTree.Of([ShareTree.HashLeaf([1])]).Root));
        Assert.False(new BodyTally().IsBeside(Sha256Digest.Of([])));
    }
}
