using FairShare.Backup.Curve;
using FairShare.Backup.Repair;
using FairShare.Backup.Sharing;
using FairShare.Backup.Tests.Refresh;

namespace FairShare.Backup.Tests.Repair;

public class ShareRepairTests
{
    private readonly SeededRandomness randomness = new(3);
    private readonly SecretDealing dealing;

    public ShareRepairTests() => dealing = SecretDealing.Deal(Scalar.Of(42), 3, 6, randomness);

    [Theory]
    [InlineData(1, 2, 3, 4)]
    [InlineData(6, 5, 1, 3)]
    [InlineData(3, 6, 2, 1)]
    public void TryRestore_FromThreeHelpers_GivesTheLostShare(int lost, params int[] helpers) =>
        Assert.Equal(dealing.Shares[lost - 1], ShareRepair.TryRestore(dealing.Commitments, Mask(helpers, lost), lost));

    [Fact]
    public void TryRestore_FromTheHelpersMessages_DoesNotGiveTheSecret()
    {
        int[] helpers = [1, 2, 3];
        var masked = Mask(helpers, 5);
        Assert.All(masked, one => Assert.False(dealing.Commitments.Hold(one)));
        var secret = masked.Aggregate(Scalar.Zero, (sum, one) => sum + (Interpolation.WeightOf(helpers, one.Index, 0) * one.Value));
        Assert.NotEqual(Scalar.Of(42), secret);
    }

    [Fact]
    public void TryRestore_WithOneWrongMessage_GivesNothing()
    {
        var masked = Mask([1, 2, 3], 5);
        masked[1] = masked[1] with { Value = masked[1].Value + Scalar.Of(1) };
        Assert.Null(ShareRepair.TryRestore(dealing.Commitments, masked, 5));
        Assert.Null(ShareRepair.TryRestore(dealing.Commitments, Mask([1, 2, 3], 5)[..2], 5));
        Assert.Null(ShareRepair.TryRestore(dealing.Commitments, [masked[0], masked[0], masked[2]], 5));
    }

    [Fact]
    public void Mask_WithAnothersMask_IsRefused() =>
        Assert.Throws<ArgumentException>(() => ShareRepair.Mask(dealing.Shares[0], MaskDealing.Deal([1, 2, 3], 4, randomness).Masks));

    [Theory]
    [InlineData(5, 1, 2, 3)]
    [InlineData(1, 6, 4, 2)]
    public void Hold_OfMasksAndOfMaskedShares_IsTrueOfThoseAlone(int lost, params int[] helpers)
    {
        var dealt = helpers.Select(_ => MaskDealing.Deal(helpers, lost, randomness)).ToList();
        foreach (var (mask, commitments) in dealt.SelectMany(one => one.Masks.Select(mask => (mask, one.Commitments))))
        {
            Assert.True(MaskCommitments.TryRead(commitments.ToBytes(), 3, lost)!.Hold(mask));
            Assert.False(commitments.Hold(mask with { Value = mask.Value + Scalar.Of(1) }));
            Assert.False(commitments.Hold(mask with { Blinding = mask.Blinding + Scalar.Of(1) }));
            Assert.False(dealt.First(other => other.Commitments != commitments).Commitments.Hold(mask));
        }

        // What is not zero at the lost index cannot be committed to.
        Assert.True(dealt[0].Commitments.Hold(new SecretShare(lost, Scalar.Zero, Scalar.Zero)));
        var all = dealt.ConvertAll(one => one.Commitments);
        foreach (var index in helpers)
        {
            var masked = ShareRepair.Mask(dealing.Shares[index - 1], dealt.Select(one => one.Masks.Single(mask => mask.Index == index)));
            Assert.True(MaskCommitments.Hold(dealing.Commitments, all, masked));
            Assert.False(MaskCommitments.Hold(dealing.Commitments, all[1..], masked));
            Assert.False(MaskCommitments.Hold(dealing.Commitments, all, masked with { Value = masked.Value + Scalar.Of(1) }));
            Assert.False(MaskCommitments.Hold(dealing.Commitments, all, dealing.Shares[index - 1]));
        }
    }

    [Theory]
    [InlineData(4, 1, 2, 4)]
    [InlineData(4, 1, 1, 2)]
    [InlineData(4, 1)]
    public void Deal_ForOtherHelpers_IsRefused(int lost, params int[] helpers) =>
        Assert.Throws<ArgumentException>(() => MaskDealing.Deal(helpers, lost, randomness));

    private List<SecretShare> Mask(int[] helpers, int lost)
    {
        var dealt = helpers.Select(_ => MaskDealing.Deal(helpers, lost, randomness)).ToList();
        return
        [
            .. helpers.Select(index =>
                ShareRepair.Mask(dealing.Shares[index - 1], dealt.Select(masks => masks.Masks.Single(one => one.Index == index)))
            ),
        ];
    }
}
