using FairShare.Backup.Erasure;
using FairShare.Backup.Fec;

namespace FairShare.Backup.Tests.Fec;

public class FecFileTests
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(5)]
    [InlineData(12_287)]
    [InlineData(12_288)]
    [InlineData(12_289)]
    [InlineData(100_000)]
    public async Task JoinAsync_OfAnyThreeOfFive_GivesTheFile(int length)
    {
        var file = FecFiles.Content(length);
        var shares = await FecFiles.SplitAsync(3, 5, file);
        foreach (var chosen in new int[][] { [0, 1, 2], [4, 3, 2], [1, 4, 0], [3, 0, 4] })
        {
            Assert.Equal(file, await FecFiles.JoinAsync(chosen.Select(number => shares[number])));
        }
    }

    [Fact]
    public async Task JoinAsync_OfACutShare_NamesIt()
    {
        var shares = await FecFiles.SplitAsync(3, 5, FecFiles.Content(50_000));
        foreach (var cut in new[] { 0, 1, 2 })
        {
            var given = new[] { shares[0], shares[3], shares[1] };
            given[cut] = given[cut][..^4096];
            var refused = await Assert.ThrowsAsync<FecException>(() => FecFiles.JoinAsync(given));
            Assert.Equal((cut, "backup-share-malformed"), (refused.Position, refused.Code));
        }
    }

    [Fact]
    public async Task JoinAsync_OfOthersThanMSharesOfOneFile_IsRefused()
    {
        var shares = await FecFiles.SplitAsync(3, 5, FecFiles.Content(50_000));
        var other = await FecFiles.SplitAsync(3, 5, FecFiles.Content(50_001));
        await RefuseAsync(0, shares[0], shares[1]);
        await RefuseAsync(0, shares[0], shares[1], shares[2], shares[3]);
        await RefuseAsync(2, shares[0], shares[1], shares[0]);
        await RefuseAsync(1, shares[0], other[1], shares[2]);
        await RefuseAsync(1, shares[0], [4], shares[2]);
        await RefuseAsync(0);
    }

    [Fact]
    public async Task WriteAsync_OfMoreOrFewerOctetsThanAnnounced_IsRefused()
    {
        var streams = Enumerable.Range(0, 3).Select(_ => new MemoryStream()).ToList();
        var splitter = await FecSplitter.StartAsync(new ErasureCode(2, 3), streams, 10, Stop);
        await splitter.WriteAsync(new byte[6], Stop);
        await Assert.ThrowsAsync<InvalidOperationException>(async () => await splitter.WriteAsync(new byte[5], Stop));
        await Assert.ThrowsAsync<InvalidOperationException>(async () => await splitter.CompleteAsync(Stop));
        await Assert.ThrowsAsync<ArgumentException>(() => FecSplitter.StartAsync(new ErasureCode(2, 4), streams, 10, Stop));
    }

    private static async Task RefuseAsync(int position, params byte[][] shares) =>
        Assert.Equal(position, (await Assert.ThrowsAsync<FecException>(() => FecFiles.JoinAsync(shares))).Position);
}
