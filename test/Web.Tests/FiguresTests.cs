using System.Diagnostics;
using System.Globalization;
using FairShare.Web.Tests.Support;

namespace FairShare.Web.Tests;

/// <summary>
/// The figures of docs/web.md, printed and not judged, but for memory: how soon the first view is there, how fast the page hashes and
/// uploads, and that a file of 2 GiB takes no more memory than a smaller one. Only where <c>FAIRSHARE_FIGURES</c> is 1.
/// </summary>
public sealed class FiguresTests(PageHost host)
{
    private const long Mebi = 1L << 20;
    private const int Views = 7;

    // Hashes the file that was picked as sending does, in the page's worker, and says how long that took.
    private const string Hash = """
        async () => {
          const [file] = document.querySelector('#files').files;
          const { runWork } = await import('/transfer/work.js');
          const { partSizeFor } = await import('/transfer/digest.js');
          const from = performance.now();
          await runWork({ work: 'digest', file, partSize: partSizeFor(file.size) }, () => undefined);
          return performance.now() - from;
        }
        """;

    [Fact]
    public async Task FirstView_OfBrowsersThatHaveNothing_IsThereSoonAfterTheRequest()
    {
        await RequireAsync();
        var (painted, ready) = (new List<double>(), new List<double>());
        for (var view = 0; view < Views; view++)
        {
            await using var stranger = await host.OpenAsync();
            await stranger.SeesAsync("Documents against signed receipts");
            await stranger.Page.WaitForFunctionAsync("performance.getEntriesByName('first-contentful-paint').length > 0");
            painted.Add(await stranger.Page.EvaluateAsync<double>("performance.getEntriesByName('first-contentful-paint')[0].startTime"));
            ready.Add(await stranger.Page.EvaluateAsync<double>("performance.getEntriesByType('navigation')[0].loadEventEnd"));
        }

        Say($"first view after {Median(painted):0} ms, loaded after {Median(ready):0} ms (medians of {Views} browsers)");
    }

    [Fact]
    public async Task Hashing_OfTwoGibibytes_NeedsNoMoreMemoryThanOfAQuarterOfThem()
    {
        await RequireAsync();
        await using var alice = await host.JoinAsync();
        var small = await HashAsync(alice, 512 * Mebi);
        var large = await HashAsync(alice, 2048 * Mebi);

        Say($"512 MiB: {small.Speed:0} MB/s, {small.Memory / Mebi} MiB; 2 GiB: {large.Speed:0} MB/s, {large.Memory / Mebi} MiB at most");
        Assert.InRange(large.Memory, 1, small.Memory + 64 * Mebi);
    }

    [Fact]
    public async Task Upload_OfTwoGibibytes_ArrivesAndHoldsLessThanAThirdOfThem()
    {
        await RequireAsync();
        await using var alice = await host.JoinAsync();
        await using var bob = await host.JoinAsync();
        var size = RoomForTwice(2048 * Mebi) ? 2048 * Mebi : 1024 * Mebi;
        var path = WriteLarge(size);
        using var done = new CancellationTokenSource();
        var watching = LargestAsync(done.Token);
        await alice.StartSendingAsync(path, bob.Address);
        await alice.SeesAsync("Uploading: large.bin");
        var uploading = Stopwatch.StartNew();

        await alice.SeesAsync(alice.Page.GetByText("large.bin was deposited.").First, TimeSpan.FromMinutes(30));

        var speed = size / 1e6 / uploading.Elapsed.TotalSeconds;
        await done.CancelAsync();
        Say($"upload of {size / Mebi} MiB: {speed:0} MB/s, {await watching / Mebi} MiB at most");
        Assert.InRange(await watching, 1, 640 * Mebi);
        Assert.Empty(alice.Faults);
        await bob.GoAsync("for-me");
        await bob.SeesAsync("large.bin");
    }

    // The store has the parts and the object for a moment; 3 GB are for others on this machine.
    private bool RoomForTwice(long size) =>
        new DriveInfo(Path.GetPathRoot(Path.GetFullPath(host.PageFolder))!).AvailableFreeSpace > (2 * size) + 3_000_000_000;

    private async Task<(double Speed, long Memory)> HashAsync(Person person, long size)
    {
        var path = WriteLarge(size);
        await person.GoAsync("home");
        await person.GoAsync("send");
        await person.Page.Locator("#files").SetInputFilesAsync(path);
        using var done = new CancellationTokenSource();
        var watching = LargestAsync(done.Token);
        var milliseconds = await person.Page.EvaluateAsync<double>(Hash);
        await done.CancelAsync();
        return (size / 1000.0 / milliseconds, await watching);
    }

    private string WriteLarge(long size)
    {
        var path = host.Write("large.bin", []);
        using var file = File.OpenWrite(path);
        file.SetLength(size);
        return path;
    }

    // The memory of the largest process that shows pages, as long as it is asked for.
    private async Task<long> LargestAsync(CancellationToken until)
    {
        var largest = 0L;
        while (!until.IsCancellationRequested)
        {
            largest = Math.Max(largest, await host.RendererMemoryAsync());
            await Task.Delay(20, CancellationToken.None);
        }

        return largest;
    }

    private async Task RequireAsync()
    {
        Assert.SkipUnless(Environment.GetEnvironmentVariable("FAIRSHARE_FIGURES") == "1", "Measured where FAIRSHARE_FIGURES is 1.");
        Assert.SkipUnless(OperatingSystem.IsLinux(), "The memory of a browser is read from /proc.");
        await host.RequireAsync();
    }

    private static double Median(List<double> values) => values.Order().ElementAt(values.Count / 2);

    private static void Say(FormattableString said) =>
        TestContext.Current.TestOutputHelper?.WriteLine(said.ToString(CultureInfo.InvariantCulture));
}
