using FairShare.Client.Log;
using FairShare.Client.Tests.Support;
using FairShare.Core.Digests;
using FairShare.Core.Errors;
using FairShare.Log.Leaves;
using FairShare.Log.Notes;
using FairShare.Log.Witnesses;
using FairShare.Testing;

namespace FairShare.Client.Tests.Log;

/// <summary>A witness over HTTP, and who asks it.</summary>
public sealed class WitnessServerTests : IDisposable
{
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("fairshare-witness-");
    private readonly CancellationTokenSource stop = new();
    private readonly StaticLog log = new();
    private readonly NoteSigner signer = new("witness.example", NoteKeyKind.Cosignature, new byte[32]);

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Cosign_LogThatGrowsThenForks_IsCosignedUntilThen()
    {
        using var http = await ServeAsync();
        var witness = new WitnessClient(http, signer.Key);
        foreach (var size in new[] { 3, 3, 300 })
        {
            log.Publish(Leaves(0, size));
            var note = (await log.Client.FindCheckpointAsync(Cancel))!;
            var cosigned = note.With(await witness.CosignAsync(note, log.Client, Cancel));
            Assert.Equal(2, cosigned.Open(log.Key, signer.Key).Count);
        }

        var old = (await log.Client.FindCheckpointAsync(Cancel))!;
        log.Publish(Leaves(1, 301));
        var fork = (await log.Client.FindCheckpointAsync(Cancel))!;
        var refusal = await Assert.ThrowsAsync<ProtocolException>(() => witness.CosignAsync(fork, log.Client, Cancel));
        Assert.Equal("witness-refused", refusal.Code);
        log.Publish(Leaves(0, 2));
        var shrunk = (await log.Client.FindCheckpointAsync(Cancel))!;
        Assert.Equal(
            "witness-is-ahead",
            (await Assert.ThrowsAsync<ProtocolException>(() => witness.CosignAsync(shrunk, log.Client, Cancel))).Code
        );
        Assert.Equal(300, new WitnessStore(folder.FullName).Last(log.Key.Name)!.Size);
        Assert.NotNull(await witness.CosignAsync(old, log.Client, Cancel));
    }

    [Fact]
    public async Task Serve_AnotherPathOrMethod_IsRefused()
    {
        using var http = await ServeAsync();
        Assert.Equal(404, (int)(await http.GetAsync(new Uri("nothing", UriKind.Relative), Cancel)).StatusCode);
        Assert.Equal(405, (int)(await http.GetAsync(new Uri("add-checkpoint", UriKind.Relative), Cancel)).StatusCode);
        using var large = new ByteArrayContent(new byte[200_000]);
        Assert.Equal(413, (int)(await http.PostAsync(new Uri("add-checkpoint", UriKind.Relative), large, Cancel)).StatusCode);
    }

    public void Dispose()
    {
        stop.Cancel();
        stop.Dispose();
        log.Dispose();
        folder.Delete(recursive: true);
    }

    private async Task<HttpClient> ServeAsync()
    {
        var prefix = $"http://127.0.0.1:{FreePort.Find()}/";
        var started = new TaskCompletionSource();
        var server = new WitnessServer(new Witness(signer, [log.Key]), new WitnessStore(folder.FullName), new SteppedTime());
        var run = server.RunAsync(prefix, started.SetResult, stop.Token);
        await Task.WhenAny(started.Task, run);
        return new HttpClient { BaseAddress = new Uri(prefix) };
    }

    private static IEnumerable<LogLeaf> Leaves(int first, int size) =>
        Enumerable.Range(first, size).Select(number => new LogLeaf("Sample", Sha256Digest.Of(BitConverter.GetBytes(number))));
}
