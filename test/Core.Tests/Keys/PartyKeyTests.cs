using FairShare.Core.Keys;
using FairShare.Core.Tests.Support;

namespace FairShare.Core.Tests.Keys;

public class PartyKeyTests
{
    private static readonly DateTimeOffset Start = new(2026, 11, 21, 12, 0, 0, TimeSpan.Zero);

    private static readonly TimeSpan Skew = TimeSpan.FromMinutes(5);

    private readonly PartyKey key = TestParty.Alice(Start).PartyKey;

    [Theory]
    [InlineData(-1, false)]
    [InlineData(0, true)]
    public void IsValidAt_FirstInstant_IsWithin(int milliseconds, bool valid) =>
        Assert.Equal(valid, key.IsValidAt(key.NotBefore.AddMilliseconds(milliseconds)));

    [Theory]
    [InlineData(-1, true)]
    [InlineData(0, false)]
    public void IsValidAt_LastInstant_IsWithout(int milliseconds, bool valid) =>
        Assert.Equal(valid, key.IsValidAt(key.NotAfter.AddMilliseconds(milliseconds)));

    [Theory]
    [InlineData(-1, true)]
    [InlineData(0, false)]
    public void IsValidAt_Retirement_EndsIt(int milliseconds, bool valid)
    {
        var retired = key with { RetiredAt = Start };
        Assert.Equal(valid, retired.IsValidAt(Start.AddMilliseconds(milliseconds)));
    }

    [Theory]
    [InlineData(-1, false)]
    [InlineData(0, true)]
    public void IsValidAt_BeforeTheFirstInstantByTheSkew_IsValid(int milliseconds, bool valid) =>
        Assert.Equal(valid, key.IsValidAt((key.NotBefore - Skew).AddMilliseconds(milliseconds), Skew));

    [Theory]
    [InlineData(-1, true)]
    [InlineData(0, false)]
    public void IsValidAt_AfterTheEndByTheSkew_IsNotValid(int milliseconds, bool valid)
    {
        var retired = key with { RetiredAt = Start };
        Assert.Equal(valid, key.IsValidAt((key.NotAfter + Skew).AddMilliseconds(milliseconds), Skew));
        Assert.Equal(valid, retired.IsValidAt((Start + Skew).AddMilliseconds(milliseconds), Skew));
    }
}
