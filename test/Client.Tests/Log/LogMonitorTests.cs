using System.Text;
using FairShare.Client.Log;
using FairShare.Client.Tests.Support;
using FairShare.Core.Digests;
using FairShare.Log.Leaves;
using FairShare.Log.Tiles;

namespace FairShare.Client.Tests.Log;

/// <summary>What a dishonest log does, and how its monitor says it.</summary>
public sealed class LogMonitorTests : IDisposable
{
    private readonly StaticLog log = new();
    private readonly SteppedTime time = new();
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("fairshare-monitor-");

    [Fact]
    public async Task Look_LogThatGrows_FindsNothing()
    {
        var sizes = new List<long>();
        foreach (var size in new[] { 1, 2, 255, 256, 257, 600, 600 })
        {
            log.Publish(Leaves(size));
            Assert.Empty(await LookAsync());
            sizes.Add(File().Read().Edge.Size);
        }

        Assert.Equal([1, 2, 255, 256, 257, 600, 600], sizes);
    }

    [Fact]
    public async Task Look_AnotherLeafInAnOldPlace_IsAFork()
    {
        log.Publish(Leaves(5));
        Assert.Empty(await LookAsync());
        var before = File().Read().Note;
        log.Publish([.. Leaves(4), Leaf(99), .. Leaves(7).Skip(5)]);
        var finding = Assert.Single(await LookAsync());
        Assert.Equal("fork", finding.Code);
        Assert.Equal([before, Encoding.UTF8.GetString(log.Files["checkpoint"])], finding.Evidence);
        // What was seen before stands.
        Assert.Equal(5, File().Read().Edge.Size);
    }

    [Fact]
    public async Task Look_ALeafDropped_IsAShrinkOrAFork()
    {
        log.Publish(Leaves(5));
        Assert.Empty(await LookAsync());
        log.Publish(Leaves(4));
        Assert.Equal("shrink", Assert.Single(await LookAsync()).Code);
        log.Publish([.. Leaves(4), Leaf(99)]);
        Assert.Equal("fork", Assert.Single(await LookAsync()).Code);
        log.Files.Remove("checkpoint");
        Assert.Equal("shrink", Assert.Single(await LookAsync()).Code);
    }

    [Fact]
    public async Task Look_EntriesThatAreNotTheTrees_AreFound()
    {
        log.Publish(Leaves(5));
        log.Files["tile/entries/000.p/5"] = EntryBundle.Write(Leaves(6).Skip(1).Select(leaf => leaf.ToEntry()));
        Assert.Equal("forged-entry", Assert.Single(await LookAsync()).Code);
        log.Files["tile/entries/000.p/5"] = log.Files["tile/entries/000.p/5"][..^1];
        Assert.Equal("gap", Assert.Single(await LookAsync()).Code);
        log.Files.Remove("tile/entries/000.p/5");
        Assert.Equal("gap", Assert.Single(await LookAsync()).Code);
    }

    [Fact]
    public async Task Look_CheckpointOfAnotherKey_IsUnsigned()
    {
        log.Publish(Leaves(5));
        log.Files["checkpoint"][^10] ^= 1;
        Assert.Equal("unsigned", Assert.Single(await LookAsync()).Code);
    }

    [Fact]
    public async Task FindBackdating_TokenThatTheLogStillLackedLaterOn_IsFound()
    {
        var made = time.GetUtcNow();
        log.Publish(Leaves(5));
        Assert.Empty(await LookAsync());
        time.Step(TimeSpan.FromMinutes(30));
        Assert.Empty(await LookAsync());
        log.Publish(Leaves(6));
        Assert.Empty(await LookAsync());
        var seen = File().Read();
        Assert.Equal("backdated", seen.FindBackdating(5, made)!.Code);
        Assert.Null(seen.FindBackdating(5, made.AddMinutes(21)));
        Assert.Null(seen.FindBackdating(4, made));
    }

    public void Dispose()
    {
        folder.Delete(recursive: true);
        log.Dispose();
    }

    private static LogLeaf Leaf(int number) => new("Sample", Sha256Digest.Of(BitConverter.GetBytes(number)));

    private static List<LogLeaf> Leaves(int count) => [.. Enumerable.Range(0, count).Select(Leaf)];

    private SeenLogFile File() => new(Path.Combine(folder.FullName, "seen.json"));

    private async Task<IReadOnlyList<LogFinding>> LookAsync()
    {
        var (seen, findings) = await new LogMonitor(log.Client, log.Key, time).LookAsync(
            File().Read(),
            TestContext.Current.CancellationToken
        );
        File().Write(seen);
        return findings;
    }
}
