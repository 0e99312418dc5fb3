using FairShare.Backup.Curve;
using FairShare.Backup.Sharing;
using FairShare.Core.Identifiers;

namespace FairShare.Backup.Tests.Sharing;

public class SecretDealingTests
{
    private static readonly IRandomness Randomness = new SystemRandomness();

    [Theory]
    [InlineData(2, 2)]
    [InlineData(2, 3)]
    [InlineData(3, 5)]
    [InlineData(5, 5)]
    public void Restore_FromEverySubset_GivesTheSecretFromMAndNothingFromFewer(int threshold, int total)
    {
        var secret = Scalar.Random(Randomness);
        var dealing = SecretDealing.Deal(secret, threshold, total, Randomness);
        for (var bits = 0; bits < 1 << total; bits++)
        {
            var shares = dealing.Shares.Where(share => (bits >> (share.Index - 1) & 1) == 1).Reverse().ToList();
            var restored = SecretRestoration.Restore(dealing.Commitments, shares);
            Assert.Equal(shares.Count >= threshold ? secret : null, restored.Secret);
            Assert.Empty(restored.Bad);
        }
    }

    [Fact]
    public void Restore_WithBadShares_NamesThemAndGivesTheSecret()
    {
        var secret = Scalar.Random(Randomness);
        var dealing = SecretDealing.Deal(secret, 3, 6, Randomness);
        var shares = dealing.Shares.ToArray();
        shares[0] = shares[0] with { Value = shares[0].Value + Scalar.Of(1) };
        shares[2] = shares[2] with { Blinding = Scalar.Zero };
        shares[4] = shares[4] with { Index = 6 };
        var restored = SecretRestoration.Restore(dealing.Commitments, shares);
        Assert.Equal(secret, restored.Secret);
        Assert.Equal([1, 3, 6], restored.Bad);
    }

    [Fact]
    public void Restore_FromOneShareGivenThrice_GivesNothing()
    {
        var dealing = SecretDealing.Deal(Scalar.Random(Randomness), 3, 5, Randomness);
        var restored = SecretRestoration.Restore(dealing.Commitments, Enumerable.Repeat(dealing.Shares[1], 3));
        Assert.Null(restored.Secret);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-1)]
    [InlineData(41)]
    public void Restore_FromAShareOutsideTheIndices_SetsItAside(int index)
    {
        var dealing = SecretDealing.Deal(Scalar.Random(Randomness), 2, 3, Randomness);
        var restored = SecretRestoration.Restore(dealing.Commitments, [dealing.Shares[0] with { Index = index }, dealing.Shares[1]]);
        Assert.Null(restored.Secret);
        Assert.Equal([index], restored.Bad);
    }

    [Fact]
    public void Commitments_WrittenAndRead_AreTheSame()
    {
        var dealing = SecretDealing.Deal(Scalar.Random(Randomness), 3, 5, Randomness);
        var octets = dealing.Commitments.ToBytes();
        Assert.Equal(3 * CurvePoint.Size, octets.Length);
        Assert.All(dealing.Shares, share => Assert.True(Commitments.TryRead(octets)!.Hold(share)));
        Assert.Null(Commitments.TryRead(octets.AsSpan(1)));
        Assert.Null(Commitments.TryRead(octets.AsSpan(0, CurvePoint.Size)));
        Assert.Null(Commitments.TryRead([]));
    }

    [Theory]
    [InlineData(1, 3)]
    [InlineData(4, 3)]
    [InlineData(2, 41)]
    public void Deal_OtherNumbers_IsRefused(int threshold, int total) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => SecretDealing.Deal(Scalar.Zero, threshold, total, Randomness));
}
