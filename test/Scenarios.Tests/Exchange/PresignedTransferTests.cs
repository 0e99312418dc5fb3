using FairShare.Testing;
using Xunit;

namespace FairShare.Scenarios.Tests.Exchange;

/// <summary>What S3 itself refuses, because the presigned request binds it.</summary>
public sealed class PresignedTransferTests(ExchangeWorld world) : IClassFixture<ExchangeWorld>
{
    [Fact]
    public async Task Upload_OtherBytes_AreRefusedByS3()
    {
        var document = await TestDocument.RequestUploadAsync(world.Alice);
        Assert.Null(await document.PutAsync([6, 6, 6]));
    }

    [Fact]
    public async Task Upload_WithoutTheSignedChecksum_IsRefusedByS3()
    {
        var document = await TestDocument.RequestUploadAsync(world.Alice);
        Assert.Null(await document.PutAsync(document.Content, withChecksum: false));
    }

    [Fact]
    public async Task Upload_AnHourLater_IsRefusedByS3()
    {
        var document = await TestDocument.RequestUploadAsync(world.Alice);
        await world.AdvanceAsync(TimeSpan.FromMinutes(61));
        Assert.Null(await document.PutAsync(document.Content));
    }

    [Fact]
    public async Task Download_ChangedOrLate_IsRefusedByS3()
    {
        var document = await TestDocument.DepositAsync(world.Alice, world.Bob);
        var exchange = await TestExchange.RequestAsync(world.Bob, document);
        var url = (await exchange.SubmitReceiptAsync()).Require(200).Text("filePath");
        Assert.Equal(200, await StatusAsync(url));
        Assert.Equal(403, await StatusAsync(url.Replace(document.Id.ToString(), "AAAAAAAAAAAAAAAAAAAAAA", StringComparison.Ordinal)));

        await world.AdvanceAsync(TimeSpan.FromMinutes(16));

        Assert.Equal(403, await StatusAsync(url));
    }

    private async Task<int> StatusAsync(string url)
    {
        using var response = await world.Host.Http.GetAsync(url);
        return (int)response.StatusCode;
    }
}
