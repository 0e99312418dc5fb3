using FairShare.Backup.Curve;
using FairShare.Core.Identifiers;

namespace FairShare.Backup.Tests.Curve;

public class ScalarTests
{
    private const string LastScalar = "ffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632550";
    private const string Order = "ffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551";

    [Fact]
    public void TryRead_OfTheLastScalar_GivesItBackAndOneMoreNothing()
    {
        var last = Scalar.TryRead(Convert.FromHexString(LastScalar));
        Assert.Equal(LastScalar, Convert.ToHexStringLower(last!.Value.ToBytes()));
        Assert.Equal(Scalar.Zero, last.Value + Scalar.Of(1));
        Assert.Equal(Scalar.Of(-1), last);
        Assert.Null(Scalar.TryRead(Convert.FromHexString(Order)));
        Assert.Null(Scalar.TryRead(new byte[31]));
        Assert.Null(Scalar.TryRead(new byte[33]));
    }

    [Fact]
    public void Invert_OfRandomScalars_GivesOneWithThem()
    {
        for (var trial = 0; trial < 20; trial++)
        {
            var scalar = Scalar.Random(new SystemRandomness());
            Assert.Equal(Scalar.Of(1), scalar * scalar.Invert());
        }

        Assert.Throws<DivideByZeroException>(() => Scalar.Zero.Invert());
    }

    [Fact]
    public void ToBytes_OfASmallScalar_IsFilledWithZerosInFront()
    {
        Assert.Equal([.. new byte[31], 7], Scalar.Of(7).ToBytes());
        Assert.Equal(new byte[32], Scalar.Zero.ToBytes());
    }

    [Fact]
    public void ToString_OfAScalar_SaysNothingOfIt() => Assert.Equal("scalar", Scalar.Of(7).ToString());
}
