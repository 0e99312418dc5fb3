using FairShare.Backup.Curve;
using FairShare.Backup.Sharing;
using FairShare.Core.Identifiers;

namespace FairShare.Backup.Tests.Sharing;

/// <summary>
/// A restore believes shares under commitments that nobody has signed, if the first point is the manifest's: whatever m shares fit them
/// open that point, and nobody can open it to two secrets.
/// </summary>
public sealed class BoundSecretTests
{
    private static readonly IRandomness Randomness = new SystemRandomness();
    private readonly SecretDealing manifest = SecretDealing.Deal(Scalar.Random(Randomness), 3, 5, Randomness);

    // With this no m shares under any commitments give another secret, but by the logarithm of H.
    [Theory]
    [InlineData(2, 3)]
    [InlineData(3, 5)]
    [InlineData(4, 5)]
    public void Shares_ThatFitCommitments_OpenTheirFirstPoint(int threshold, int total)
    {
        var dealing = SecretDealing.Deal(Scalar.Random(Randomness), threshold, total, Randomness);
        var shares = dealing.Shares.Reverse().Take(threshold).ToList();

        Assert.All(shares, share => Assert.True(dealing.Commitments.Hold(share)));
        var opened = Commitments.Commit(Combine(shares, share => share.Value), Combine(shares, share => share.Blinding));
        Assert.Equal(opened.ToBytes(), dealing.Commitments.ToBytes()[..CurvePoint.Size]);
    }

    [Fact]
    public void Commitments_ToAnotherSecret_AreNotOfTheManifest()
    {
        var other = SecretDealing.Deal(Scalar.Random(Randomness), 3, 5, Randomness);
        Assert.False(other.Commitments.BindSameSecretAs(manifest.Commitments));

        // With the manifest's first point before their others, no share that they were made for fits.
        var forged = Forge(other.Commitments.ToBytes().AsSpan(CurvePoint.Size));
        Assert.True(forged.BindSameSecretAs(manifest.Commitments));
        Assert.Equal((null, 5), SecretRestoration.Restore(forged, other.Shares) is var none ? (none.Secret, none.Bad.Count) : default);
    }

    // m - 1 liars choose their shares first, and then the one curve through these and the manifest's point.
    [Fact]
    public void Restore_WithCommitmentsMadeToFitTwoLiars_GivesNothing()
    {
        SecretShare[] lies = [Lie(1), Lie(2)];
        var first = CurvePoint.TryRead(manifest.Commitments.ToBytes().AsSpan(0, CurvePoint.Size))!.Value;
        var (one, two) = (Commitments.Commit(lies[0].Value, lies[0].Blinding), Commitments.Commit(lies[1].Value, lies[1].Blinding));
        // A_1 + A_2 = C_1 - A_0 and 2 A_1 + 4 A_2 = C_2 - A_0.
        var (sum, double2) = (one + Negate(first), two + Negate(first));
        var quadratic = Scalar.Of(2).Invert() * (double2 + Negate(Scalar.Of(2) * sum));
        var linear = sum + Negate(quadratic);
        var forged = Forge([.. linear.ToBytes(), .. quadratic.ToBytes()]);

        Assert.All(lies, lie => Assert.True(forged.Hold(lie)));
        var restored = SecretRestoration.Restore(forged, [.. lies, .. manifest.Shares.Skip(2), Lie(3)]);
        Assert.Null(restored.Secret);
    }

    private Commitments Forge(ReadOnlySpan<byte> others) =>
        Commitments.TryRead([.. manifest.Commitments.ToBytes().AsSpan(0, CurvePoint.Size), .. others])!;

    private static SecretShare Lie(int index) => new(index, Scalar.Random(Randomness), Scalar.Random(Randomness));

    private static CurvePoint Negate(CurvePoint point) => (Scalar.Zero - Scalar.Of(1)) * point;

    private static Scalar Combine(List<SecretShare> shares, Func<SecretShare, Scalar> part)
    {
        var indices = shares.ConvertAll(share => share.Index);
        return shares.Select(share => Interpolation.WeightOf(indices, share.Index, 0) * part(share)).Aggregate((sum, one) => sum + one);
    }
}
