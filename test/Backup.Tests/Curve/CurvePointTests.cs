using System.Security.Cryptography;
using FairShare.Backup.Curve;
using FairShare.Core.Identifiers;

namespace FairShare.Backup.Tests.Curve;

public class CurvePointTests
{
    [Fact]
    public void Multiply_OfTheGenerator_IsTheFrameworksPublicKey()
    {
        for (var trial = 0; trial < 10; trial++)
        {
            var scalar = Scalar.Random(new SystemRandomness());
            using var key = ECDsa.Create(new ECParameters { Curve = ECCurve.NamedCurves.nistP256, D = scalar.ToBytes() });
            var point = (scalar * CurvePoint.Generator).ToBytes();
            Assert.Equal(key.ExportParameters(false).Q.X, point[1..]);
        }
    }

    [Fact]
    public void Add_OfInfinity_ChangesNothing()
    {
        Assert.Equal(CurvePoint.Generator, CurvePoint.Generator + CurvePoint.Infinity);
        Assert.True((Scalar.Of(-1) * CurvePoint.Generator + CurvePoint.Generator).IsInfinity);
        Assert.True((Scalar.Zero * CurvePoint.Generator).IsInfinity);
        Assert.Throws<InvalidOperationException>(() => CurvePoint.Infinity.ToBytes());
    }

    [Theory]
    [InlineData("")]
    [InlineData("00")]
    [InlineData("02ffffffff00000001000000000000000000000000ffffffffffffffffffffffff")]
    [InlineData("020000000000000000000000000000000000000000000000000000000000000001")]
    [InlineData("046b17d1f2e12c4247f8bce6e563a440f277037d812deb33a0f4a13945d898c296")]
    public void TryRead_OfWhatIsNoPoint_GivesNothing(string octets) => Assert.Null(CurvePoint.TryRead(Convert.FromHexString(octets)));

    [Fact]
    public void TryRead_OfTheGenerator_GivesItBack() =>
        Assert.Equal(CurvePoint.Generator, CurvePoint.TryRead(CurvePoint.Generator.ToBytes()));
}
