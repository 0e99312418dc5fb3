using System.IO.Compression;
using FairShare.Web.Tests.Support;

namespace FairShare.Web.Tests;

/// <summary>What a browser fetches before the first view is there.</summary>
public sealed class FirstViewTests(PageHost host)
{
    private const int Most = 60_000;

    [Fact]
    public async Task FirstView_OfABrowserThatHasNothing_TakesAtMostSixtyKilobytesCompressed()
    {
        await host.RequireAsync();
        await using var stranger = await host.OpenAsync();
        await stranger.SeesAsync("Documents against signed receipts");
        var files = stranger.Requests.Where(url => !url.Contains("/api/", StringComparison.Ordinal)).Distinct().ToList();
        using var http = new HttpClient();
        var (plain, compressed) = (0L, 0L);
        foreach (var file in files)
        {
            var content = await http.GetByteArrayAsync(file.Split('#')[0], TestContext.Current.CancellationToken);
            (plain, compressed) = (plain + content.Length, compressed + Compressed(content));
        }

        var painted = await stranger.Page.EvaluateAsync<double>("performance.getEntriesByName('first-contentful-paint')[0].startTime");
        TestContext.Current.TestOutputHelper?.WriteLine(
            $"{files.Count} files, {plain} octets, {compressed} compressed; first view after {painted:0} ms"
        );
        Assert.InRange(files.Count, 20, 200);
        Assert.InRange(compressed, 1, Most);
    }

    // What CloudFront sends to a browser that takes Brotli; local hosts send files as they are.
    private static long Compressed(byte[] content)
    {
        using var whole = new MemoryStream();
        using (var brotli = new BrotliStream(whole, CompressionLevel.SmallestSize, leaveOpen: true))
        {
            brotli.Write(content);
        }

        return whole.Length;
    }
}
