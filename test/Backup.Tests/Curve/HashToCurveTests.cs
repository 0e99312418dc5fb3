using FairShare.Backup.Curve;

namespace FairShare.Backup.Tests.Curve;

/// <summary>The vectors of RFC 9380, appendix J.1.1.</summary>
public class HashToCurveTests
{
    private const string Domain = "QUUX-V01-CS02-with-P256_XMD:SHA-256_SSWU_RO_";

    [Theory]
    [InlineData(
        "",
        "2c15230b26dbc6fc9a37051158c95b79656e17a1a920b11394ca91c44247d3e4",
        "8a7a74985cc5c776cdfe4b1f19884970453912e9d31528c060be9ab5c43e8415"
    )]
    [InlineData(
        "abc",
        "0bb8b87485551aa43ed54f009230450b492fead5f1cc91658775dac4a3388a0f",
        "5c41b3d0731a27a7b14bc0bf0ccded2d8751f83493404c84a88e71ffd424212e"
    )]
    public void Hash_OfTheVectors_GivesTheirPoints(string message, string x, string y)
    {
        var point = HashToCurve.Hash(System.Text.Encoding.ASCII.GetBytes(message), System.Text.Encoding.ASCII.GetBytes(Domain));
        var parity = Convert.FromHexString(y)[^1] % 2;
        Assert.Equal($"0{2 + parity}{x}", Convert.ToHexStringLower(point.ToBytes()));
    }

    [Fact]
    public void Hash_UnderAnotherDomain_GivesAnotherPoint() =>
        Assert.NotEqual(HashToCurve.Hash("abc"u8, "one"u8), HashToCurve.Hash("abc"u8, "two"u8));
}
