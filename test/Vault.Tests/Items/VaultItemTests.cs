using FairShare.Core.Errors;
using FairShare.Vault.Derivation;
using FairShare.Vault.Items;

namespace FairShare.Vault.Tests.Items;

public sealed class VaultItemTests
{
    private static readonly DateTimeOffset Start = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);
    private static readonly byte[] Right = [1];
    private static readonly byte[] Wrong = [2];

    [Fact]
    public void Open_EachOpen_IsChargedOnce()
    {
        var item = Stored(maxOpens: 3);
        foreach (var left in (int[])[2, 1, 0])
        {
            (item, var answer) = item.Open(Right, Start);
            Assert.Equal(new OpenAnswer.Granted(left), answer);
        }

        Assert.Equal(new OpenAnswer.Gone(ItemPhase.Opened), item.Open(Right, Start).Answer);
        Assert.Equal(new OpenAnswer.NotFound(), item.Open(Wrong, Start).Answer);
    }

    [Fact]
    public void Open_TenWrongGuesses_AreComparedAndThenOneAnHour()
    {
        var item = Stored(maxOpens: 1);
        for (var guess = 0; guess < 10; guess++)
        {
            (item, var answer) = item.Open(Wrong, Start);
            Assert.Equal(new OpenAnswer.WrongPassword(), answer);
        }

        // Locked is locked: also the right password is not compared.
        Assert.Equal(new OpenAnswer.Locked(Start.AddHours(1)), item.Open(Wrong, Start).Answer);
        Assert.Equal(new OpenAnswer.Locked(Start.AddHours(1)), item.Open(Right, Start.AddHours(1).AddTicks(-1)).Answer);
        (item, var hourly) = item.Open(Wrong, Start.AddHours(1));
        Assert.Equal(new OpenAnswer.WrongPassword(), hourly);
        Assert.Equal(new OpenAnswer.Locked(Start.AddHours(2)), item.Open(Right, Start.AddHours(1)).Answer);
        Assert.Equal(new OpenAnswer.Granted(0), item.Open(Right, Start.AddHours(2)).Answer);
        Assert.Equal(new OpenAnswer.Granted(0), item.Unlock().Open(Right, Start.AddHours(1)).Answer);
    }

    [Fact]
    public void Open_RightGuess_IsReturned()
    {
        var item = Stored(maxOpens: null);
        for (var open = 0; open < 50; open++)
        {
            (item, var answer) = item.Open(Right, Start);
            Assert.Equal(new OpenAnswer.Granted(null), answer);
        }

        Assert.Equal(0, item.Guesses);
    }

    [Fact]
    public void Open_Expired_IsGoneAtItsMomentAndToldToTheRightAuthAlone()
    {
        var item = Stored(maxOpens: 3);
        Assert.Equal(new OpenAnswer.Granted(2), item.Open(Right, item.Limits.ExpiresAt.AddTicks(-1)).Answer);
        Assert.Equal(new OpenAnswer.Gone(ItemPhase.Expired), item.Open(Right, item.Limits.ExpiresAt).Answer);
        Assert.Equal(new OpenAnswer.NotFound(), item.Open(Wrong, item.Limits.ExpiresAt).Answer);
    }

    // Otherwise a tombstone would tell any number of guesses whether they are right.
    [Fact]
    public void Open_Gone_ComparesNoMoreGuessesThanBefore()
    {
        var item = Stored(maxOpens: 3).End(ItemPhase.Deleted);
        Assert.Equal(new OpenAnswer.Gone(ItemPhase.Deleted), item.Open(Right, Start).Answer);
        for (var guess = 0; guess < 10; guess++)
        {
            (item, var answer) = item.Open(Wrong, Start);
            Assert.Equal(new OpenAnswer.NotFound(), answer);
        }

        Assert.Equal(new OpenAnswer.NotFound(), item.Open(Right, Start).Answer);
        Assert.Equal(new OpenAnswer.Gone(ItemPhase.Deleted), item.Open(Right, Start.AddHours(1)).Answer);
    }

    [Fact]
    public void Open_NotCommitted_IsNotStoredAndChargesNothing()
    {
        var item = New(maxOpens: 1);
        Assert.Equal((item, new OpenAnswer.NotStored()), item.Open(Wrong, Start));
    }

    [Fact]
    public void End_ASecondTime_KeepsTheFirstReasonAndNothingLeadsBack()
    {
        var item = Stored(maxOpens: 1).End(ItemPhase.Done);
        Assert.Equal(ItemPhase.Done, item.End(ItemPhase.Deleted).Phase);
        Assert.Equal(ItemPhase.Done, item.Commit().Phase);
        Assert.Equal(ItemPhase.Done, item.At(Start.AddYears(2)).Phase);
        Assert.Equal(ItemPhase.Expired, New(maxOpens: 1).At(Start.AddYears(2)).Phase);
    }

    // Any sequence of opens, right and wrong, at any times: never more opens than allowed, never more comparisons than the clock allows.
    [Fact]
    public void Open_AnySequence_HoldsBothLimits()
    {
        var random = new Random(1);
        for (var run = 0; run < 300; run++)
        {
            var maxOpens = random.Next(1, 5);
            var item = Stored(maxOpens);
            var (granted, wrong, minutes) = (0, 0, 0);
            for (var step = 0; step < 100; step++)
            {
                minutes += random.Next(0, 30);
                (item, var answer) = item.Open(random.Next(10) == 0 ? Right : Wrong, Start.AddMinutes(minutes));
                granted += answer is OpenAnswer.Granted ? 1 : 0;
                wrong += answer is OpenAnswer.WrongPassword ? 1 : 0;
            }

            // A right guess gives itself back, and with it a free one: each open that is granted can cost one more comparison.
            Assert.True(granted <= maxOpens);
            Assert.True(wrong <= 10 + (minutes / 60) + granted);
        }
    }

    [Theory]
    [InlineData(0, 60)]
    [InlineData(1001, 60)]
    [InlineData(1, 0)]
    [InlineData(1, (365 * 86400) + 1)]
    public void Require_LimitsOutsideTheirRange_AreRefused(int maxOpens, int seconds) =>
        Assert.Equal(
            "invalid-vault-limits",
            Assert.Throws<ProtocolException>(() => ItemLimits.Require(maxOpens, TimeSpan.FromSeconds(seconds), Start)).Code
        );

    [Fact]
    public void Require_LimitsAtTheirEnds_AreTaken()
    {
        Assert.Equal(new ItemLimits(1000, Start.AddDays(365)), ItemLimits.Require(1000, TimeSpan.FromDays(365), Start));
        Assert.Equal(new ItemLimits(null, Start.AddSeconds(1)), ItemLimits.Require(null, TimeSpan.FromSeconds(1), Start));
    }

    [Fact]
    public void Change_InTheLastSecondOfALife_KeepsTheEnd()
    {
        var limits = ItemLimits.Require(2, TimeSpan.FromMinutes(1), Start);
        var late = Start.AddSeconds(59.9);

        Assert.Equal(limits, limits.Change(null, null, late));
        Assert.Equal(limits with { MaxOpens = 3 }, limits.Change(3, null, late));
        Assert.Equal(new ItemLimits(2, late.AddSeconds(5)), limits.Change(null, TimeSpan.FromSeconds(5), late));
        Assert.Equal("invalid-vault-limits", Assert.Throws<ProtocolException>(() => limits.Change(1001, null, late)).Code);
        Assert.Equal("invalid-vault-limits", Assert.Throws<ProtocolException>(() => limits.Change(null, TimeSpan.Zero, late)).Code);
    }

    private static VaultItem New(int? maxOpens) => new(VaultVerifier.Of(Right), ItemLimits.Require(maxOpens, TimeSpan.FromDays(7), Start));

    private static VaultItem Stored(int? maxOpens) => New(maxOpens).Commit();
}
