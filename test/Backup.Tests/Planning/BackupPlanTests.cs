using FairShare.Backup.Planning;
using FairShare.Backup.Records;

namespace FairShare.Backup.Tests.Planning;

public sealed class BackupPlanTests
{
    [Theory]
    [InlineData("too-few-peers", 3, 4)]
    [InlineData("invalid-threshold", 3, 1)]
    [InlineData("invalid-threshold", 3, 0)]
    [InlineData("too-many-peers", 41, 3)]
    public void Require_NumbersOutOfRange_SaysWhich(string code, int total, int threshold) =>
        Assert.Equal(
            code,
            Assert.Throws<PlanException>(() => BackupPlan.Require(BackupScheme.Ida, Places(total, place => place), threshold)).Code
        );

    // Of 5 with m = 3 two shares in one hand are safe: neither the secret nor the backup is theirs.
    [Theory]
    [InlineData(5, 3, 2, false)]
    [InlineData(5, 3, 3, true)]
    [InlineData(3, 2, 1, false)]
    [InlineData(3, 2, 2, true)]
    [InlineData(10, 4, 3, false)]
    [InlineData(10, 4, 4, true)]
    public void Require_SharesInOneDomain_HasALimit(int total, int threshold, int together, bool isRefused)
    {
        var places = Places(total, place => place < together ? 0 : place);
        if (!isRefused)
        {
            BackupPlan.Require(BackupScheme.Ida, places, threshold);
            return;
        }

        var refusal = Assert.Throws<PlanException>(() => BackupPlan.Require(BackupScheme.Ida, places, threshold));
        Assert.Equal("domain-holds-too-much", refusal.Code);
        Assert.Contains("domain 0", refusal.Message, StringComparison.Ordinal);
        BackupPlan.Require(BackupScheme.Ida, places, threshold, allowsSharedDomain: true);
    }

    [Fact]
    public void Require_WithoutOtherNumbers_TakesTheDefaults()
    {
        var plan = BackupPlan.Require(BackupScheme.Sss, Places(5, place => place));
        Assert.Equal((3, 5, 1, 5), (plan.Parameters.Threshold, plan.Parameters.Total, plan.Parameters.Liars, plan.Happy));
    }

    private static List<SharePlace> Places(int count, Func<int, int> domain) =>
        [.. Enumerable.Range(0, count).Select(place => new SharePlace($"p{place}", $"{domain(place)}", $"o{place}"))];
}
