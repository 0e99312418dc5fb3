using TemplateHost.Storage;
using TemplateHost.Testing;
using Xunit;

namespace TemplateHost.Tests.Storage;

public sealed class StoreTests : IDisposable
{
    private readonly string directory = Directory.CreateTempSubdirectory("template-host-store-").FullName;

    private string Database => Path.Combine(directory, "store.db");

    private List<string> Files() =>
        [
            .. Directory
                .EnumerateFiles(directory)
                .Select(file =>
                {
                    using var stream = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
                    using var reader = new StreamReader(stream, System.Text.Encoding.Latin1);
                    return reader.ReadToEnd();
                }),
        ];

    public void Dispose() => Directory.Delete(directory, recursive: true);

    [Fact]
    public void Open_AFileOfAnotherFormat_IsRefusedAndLeavesItAlone()
    {
        using (var store = Open())
        {
            store.Define("PRAGMA user_version = 1");
        }

        var refusal = Assert.Throws<IOException>(() => new SqliteStore(Database));

        Assert.Contains("format 1", refusal.Message, StringComparison.Ordinal);
        Assert.Throws<IOException>(() => new SqliteStore(Database));
    }

    [Fact]
    public async Task Dispose_WhileSomebodyReads_WaitsForThemAndClosesTheFile()
    {
        var store = Open();
        store.Define("CREATE TABLE things (value TEXT)");
        using var begun = new ManualResetEventSlim();
        using var go = new ManualResetEventSlim();
        var reading = Task.Run(() =>
            store.Read(session =>
            {
                begun.Set();
                go.Wait();
                return session.Query("SELECT count(*) FROM things", row => row.GetInt32(0));
            })
        );
        begun.Wait();
        var disposing = Task.Run(store.Dispose);
        Assert.NotSame(disposing, await Task.WhenAny(disposing, Task.Delay(100)));

        go.Set();

        Assert.Equal([0], await reading);
        await disposing;
        Assert.Equal([Path.GetFileName(Database)], Directory.EnumerateFiles(directory).Select(Path.GetFileName));
        Assert.Throws<ObjectDisposedException>(() => store.Read(session => session.Query("SELECT 1", row => row.GetInt32(0))));
    }

    [Fact]
    public async Task Write_ThatDeletes_LeavesNoOctetInTheFiles()
    {
        using var store = Open();
        store.Define("CREATE TABLE secrets (value TEXT)");
        var secret = string.Concat(Enumerable.Repeat(Guid.NewGuid().ToString("N"), 200));
        await store.WriteAsync(session => session.Execute("INSERT INTO secrets VALUES (?1)", secret));
        Assert.Contains(Files(), file => file.Contains(secret[..32], StringComparison.Ordinal));

        await store.WriteAsync(session => session.Execute("DELETE FROM secrets"));

        await Waiting.UntilAsync(
            () => Task.FromResult(Files().Any(file => file.Contains(secret[..32], StringComparison.Ordinal))),
            found => !found
        );
    }

    [Fact]
    public async Task Write_OnASmallDisk_FindsRoomUntilTheDataFillTheDisk()
    {
        const int Row = 100_000;
        using var disk = SmallDisk.Mount("12m");
        Assert.SkipWhen(disk is null, "No small disk can be mounted here: that takes root, and Linux.");
        using var store = new SqliteStore(Path.Combine(disk!.Folder, "store.db"));
        store.Define("CREATE TABLE t (n INTEGER, value BLOB)");
        using var gate = new ManualResetEventSlim();
        // Every row waits behind this write, and so would share a commit with the others.
        var first = store.WriteAsync(_ => gate.Wait(TimeSpan.FromMinutes(15)));
        var rows = Enumerable
            .Range(0, 140)
            .Select(number => store.WriteAsync(session => session.Execute("INSERT INTO t VALUES (?1, ?2)", number, new byte[Row])))
            .ToList();
        gate.Set();
        Assert.True(await first);
        await Task.WhenAll(rows).ContinueWith(_ => { }, TaskScheduler.Default);

        Assert.All(
            rows.Where(row => row.IsFaulted),
            row => Assert.Contains("full", Assert.IsType<StoreUnavailableException>(row.Exception!.InnerException).Message)
        );
        Assert.InRange(rows.Count(row => row.IsCompletedSuccessfully), (12 << 20) / Row * 95 / 100, (12 << 20) / Row);
        Assert.Equal(Enumerable.Range(0, rows.Count).Where(row => rows[row].IsCompletedSuccessfully), Numbers(store));
    }

    [Fact]
    public async Task Write_ThatThrows_KeepsNothingOfItsOwnAndAllOfTheOthers()
    {
        using var store = Open();
        var writes = Enumerable
            .Range(0, 100)
            .Select(number =>
                store.WriteAsync(session =>
                {
                    session.Execute("INSERT INTO t VALUES (?1)", number);
                    return number % 3 == 0 ? throw new InvalidOperationException("third") : number;
                })
            )
            .ToList();

        await Assert.ThrowsAsync<InvalidOperationException>(() => Task.WhenAll(writes));

        Assert.Equal(34, writes.Count(write => write.IsFaulted));
        Assert.Equal(Enumerable.Range(0, 100).Where(number => number % 3 != 0), Numbers(store));
    }

    [Fact]
    public async Task Read_WhileAnotherWrites_SeesOneMoment()
    {
        using var store = Open();
        await store.WriteAsync(session => session.Execute("INSERT INTO t VALUES (1)"));

        var (before, after) = store.Read(session =>
        {
            var first = session.Query("SELECT n FROM t", row => row.GetInt32(0)).Count;
            store.WriteAsync(other => other.Execute("INSERT INTO t VALUES (2)")).Wait();
            return (first, session.Query("SELECT n FROM t", row => row.GetInt32(0)).Count);
        });

        Assert.Equal((1, 1), (before, after));
        Assert.Equal([1, 2], Numbers(store));
    }

    [Fact]
    public async Task Open_Again_FindsWhatWasWritten()
    {
        using (var store = Open())
        {
            await store.WriteAsync(session => session.Execute("INSERT INTO t VALUES (7)"));
        }

        using var again = Open();
        Assert.Equal([7], Numbers(again));
    }

    [Fact]
    public void Read_WithTextOfAnotherType_FollowsTheValue()
    {
        using var store = Open();

        var found = store.Read(session =>
            new object?[] { 1L, "text", null, new byte[] { 1 } }
                .Select(value => session.Query("SELECT typeof(?1)", row => row.GetString(0), value)[0])
                .ToList()
        );

        Assert.Equal(["integer", "text", "null", "blob"], found);
    }

    private SqliteStore Open()
    {
        var store = new SqliteStore(Database);
        store.Define("CREATE TABLE IF NOT EXISTS t (n INTEGER)");
        return store;
    }

    private static List<int> Numbers(SqliteStore store) =>
        store.Read(session => session.Query("SELECT n FROM t ORDER BY n", row => row.GetInt32(0)));
}
