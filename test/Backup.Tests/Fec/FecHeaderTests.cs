using FairShare.Backup.Fec;

namespace FairShare.Backup.Tests.Fec;

public class FecHeaderTests
{
    [Fact]
    public void TryRead_OfEveryHeaderOfUpToNineShares_GivesItBack()
    {
        foreach (var header in Headers(9))
        {
            var octets = header.ToBytes();
            Assert.Equal(header.Size, octets.Length);
            Assert.Equal(header, FecHeader.TryRead([.. octets, 0xFF, 0xFF]));
            Assert.Null(FecHeader.TryRead(octets.AsSpan(0, octets.Length - 1)));
        }
    }

    [Theory]
    [InlineData(256, 256, 255, 255, "ffffffff")]
    [InlineData(1, 1, 0, 0, "0000")]
    [InlineData(3, 5, 1, 4, "044c")]
    public void ToBytes_OfAHeader_IsPackedAsZfecPacksIt(int required, int total, int padding, int number, string expected) =>
        Assert.Equal(expected, Convert.ToHexStringLower(new FecHeader(required, total, padding, number).ToBytes()));

    [Theory]
    [InlineData("")]
    [InlineData("04")]
    [InlineData("04ff")]
    [InlineData("044d")]
    [InlineData("045c")]
    public void TryRead_OfWhatIsNone_GivesNothing(string octets) => Assert.Null(FecHeader.TryRead(Convert.FromHexString(octets)));

    private static IEnumerable<FecHeader> Headers(int limit) =>
        from total in Enumerable.Range(1, limit)
        from required in Enumerable.Range(1, total)
        from padding in Enumerable.Range(0, required)
        from number in Enumerable.Range(0, total)
        select new FecHeader(required, total, padding, number);
}
