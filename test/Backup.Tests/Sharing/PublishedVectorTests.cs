using FairShare.Backup.Curve;
using FairShare.Backup.Sharing;

namespace FairShare.Backup.Tests.Sharing;

/// <summary>
/// Sharing over P-256 as RFC 9591 publishes it: the key and the shares of FROST(P-256, SHA-256), appendix E.4. Its commitments
/// (<c>vss_commit</c>, appendix C.2) are Feldman's, which are ours where the polynomial that blinds is zero.
/// </summary>
public class PublishedVectorTests
{
    private const string Secret = "8ba9bba2e0fd8c4767154d35a0b7562244a4aaf6f36c8fb8735fa48b301bd8de";
    private const string PublicKey = "023a309ad94e9fe8a7ba45dfc58f38bf091959d3c99cfbd02b4dc00585ec45ab70";
    private const string Coefficient = "80f25e6c0709353e46bfbe882a11bdbb1f8097e46340eb8673b7e14556e6c3a4";

    private static readonly string[] Shares =
    [
        "0c9c1a0fe806c184add50bbdcac913dda73e482daf95dcb9f35dbb0d8a9f7731",
        "8d8e787bef0ff6c2f494ca45f4dad198c6bee01212d6c84067159c52e1863ad5",
        "0e80d6e8f6192c003b5488ce1eec8f5429587d48cf001541e713b2d53c09d928",
    ];

    private readonly SecretPolynomial values = new([Read(Secret), Read(Coefficient)]);
    private readonly SecretPolynomial nothing = new([Scalar.Zero, Scalar.Zero]);

    [Fact]
    public void At_OfThePublishedPolynomial_GivesThePublishedShares() =>
        Assert.Equal(Shares, Enumerable.Range(1, 3).Select(index => Convert.ToHexStringLower(values.At(index).ToBytes())));

    [Fact]
    public void Hold_OfThePublishedShares_IsTrueUnderThePublishedKey()
    {
        var commitments = Commitments.To(values, nothing);
        Assert.Equal(PublicKey, Convert.ToHexStringLower(commitments.ToBytes().AsSpan(0, CurvePoint.Size)));
        Assert.All(Published(), share => Assert.True(commitments.Hold(share)));
        Assert.All(Published(), share => Assert.False(commitments.Hold(share with { Index = (share.Index % 3) + 1 })));
    }

    [Theory]
    [InlineData(1, 2)]
    [InlineData(1, 3)]
    [InlineData(3, 2)]
    public void Restore_FromTwoOfThePublishedShares_GivesThePublishedSecret(int one, int two)
    {
        var restored = SecretRestoration.Restore(Commitments.To(values, nothing), [Published()[one - 1], Published()[two - 1]]);
        Assert.Equal(Secret, Convert.ToHexStringLower(restored.Secret!.Value.ToBytes()));
    }

    private static SecretShare[] Published() => [.. Shares.Select((share, place) => new SecretShare(place + 1, Read(share), Scalar.Zero))];

    private static Scalar Read(string hex) => Scalar.TryRead(Convert.FromHexString(hex))!.Value;
}
