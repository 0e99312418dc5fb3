using FairShare.Log.Tiles;

namespace FairShare.Log.Tests.Tiles;

public sealed class TileAddressTests
{
    [Theory]
    [InlineData("tile/0/000")]
    [InlineData("tile/0/x001/x234/067")]
    [InlineData("tile/63/999.p/255")]
    [InlineData("tile/entries/x001/000.p/1")]
    public void ToString_OfWhatWasParsed_IsThePath(string path)
    {
        Assert.True(TileAddress.TryParse(path, out var address));
        Assert.Equal(path, address.ToString());
    }

    [Theory]
    [InlineData("tile/0/x001/x234/067", 1_234_067)]
    [InlineData("tile/3/001", 1)]
    public void TryParse_Path_HasTheIndex(string path, long index)
    {
        Assert.True(TileAddress.TryParse(path, out var address));
        Assert.Equal(index, address.Index);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("checkpoint")]
    [InlineData("tile/0")]
    [InlineData("tile/0/")]
    [InlineData("tile/0/1")]
    [InlineData("tile/00/001")]
    [InlineData("tile/64/001")]
    [InlineData("tile/-1/001")]
    [InlineData("tile/0/001.p/0")]
    [InlineData("tile/0/001.p/256")]
    [InlineData("tile/0/001.p/01")]
    [InlineData("tile/0/001.p/1.p/1")]
    [InlineData("tile/0/x000/001")]
    [InlineData("tile/0/xx01/001")]
    [InlineData("tile/0/001/001")]
    [InlineData("tile/0/../001")]
    [InlineData("tile/entries/001/")]
    [InlineData("tile/0/x999/x999/x999/x999/x999/x999/x999/999")]
    public void TryParse_AnythingElse_IsFalse(string? path) => Assert.False(TileAddress.TryParse(path, out _));

    [Fact]
    public void AllOf_SeventyThousand_AreTheTilesOfTheSpecification()
    {
        var tiles = TileAddress.AllOf(70_000).ToList();
        var hashes = tiles.Where(tile => tile.Level is not null).ToList();
        Assert.Equal(273, hashes.Count(tile => tile.Level == 0 && tile.IsFull));
        Assert.Equal(
            ["tile/entries/273.p/112", "tile/0/273.p/112", "tile/1/001.p/17", "tile/2/000.p/1"],
            TileAddress.EdgeOf(70_000).Select(tile => tile.ToString())
        );
        Assert.Equal(TileAddress.EdgeOf(70_000), tiles.Where(tile => !tile.IsFull));
        Assert.Equal(["tile/1/000.p/1"], TileAddress.EdgeOf(256).Select(tile => tile.ToString()));
    }
}
