using FairShare.Backup.Refresh;

namespace FairShare.Backup.Tests.Refresh;

public class RefreshParametersTests
{
    [Theory]
    [InlineData(3, 5, 1, 4)]
    [InlineData(3, 5, 2, 5)]
    [InlineData(2, 3, 0, 2)]
    [InlineData(2, 3, 1, 3)]
    [InlineData(5, 9, 2, 7)]
    public void Quorum_OfTheDesign_IsAsItSays(int threshold, int total, int liars, int expected) =>
        Assert.Equal(expected, new RefreshParameters(threshold, total, liars).Quorum);

    [Theory]
    [InlineData(3, 5, 1)]
    [InlineData(2, 3, 0)]
    [InlineData(3, 7, 3 - 1)]
    [InlineData(2, 2, 0)]
    public void DefaultLiars_OfTheDesign_LetsOneBeAbsent(int threshold, int total, int expected) =>
        Assert.Equal(expected, RefreshParameters.DefaultLiars(threshold, total));

    [Fact]
    public void Quorum_OfAllNumbers_HasNoTwoAndLeavesMWhoDoNotLie()
    {
        for (var total = 2; total <= 12; total++)
        {
            for (var threshold = 2; threshold <= total; threshold++)
            {
                for (var liars = 0; liars < threshold && Math.Max(((total + liars) / 2) + 1, threshold + liars) <= total; liars++)
                {
                    var quorum = new RefreshParameters(threshold, total, liars).Quorum;
                    Assert.True((2 * quorum) - total > liars && quorum - liars >= threshold);
                }
            }
        }
    }

    [Theory]
    [InlineData(3, 5, 3)]
    [InlineData(3, 5, -1)]
    [InlineData(4, 5, 2)]
    [InlineData(1, 5, 0)]
    public void Create_OtherNumbers_IsRefused(int threshold, int total, int liars) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => new RefreshParameters(threshold, total, liars));
}
