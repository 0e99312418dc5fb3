using FairShare.Client.Tests.Support;
using FairShare.Client.Transfers;
using FairShare.Core.Digests;
using FairShare.Core.Identifiers;

namespace FairShare.Client.Tests.Transfers;

public sealed class DownloadTests : IAsyncLifetime
{
    private const int Size = 3_000_000;
    private static readonly DocumentName Name = DocumentName.Parse("received.bin");
    private const string PartialName = ".fairshare-m3nYVjw5F6IhBCVSX2vdBQ.part";

    private readonly Workspace workspace = new();
    private readonly ObjectStoreServer server = new();
    private readonly HttpClient http = new();
    private byte[] content = [];
    private int urlsGiven;

    private string Target => workspace.At("received.bin");

    private string Partial => workspace.At(PartialName);

    public async ValueTask InitializeAsync()
    {
        await server.StartAsync();
        content = await File.ReadAllBytesAsync(workspace.MakeFile("source.bin", Size));
        server.Objects["document"] = content;
    }

    public async ValueTask DisposeAsync()
    {
        http.Dispose();
        await server.DisposeAsync();
        workspace.Dispose();
    }

    [Fact]
    public async Task Run_WholeAnswer_GivesTheFileItsNameAndLeavesNoPart()
    {
        var seen = new List<TransferProgress>();
        await RunAsync(progress: seen.Add);
        Assert.Equal(content, await File.ReadAllBytesAsync(Target, TestContext.Current.CancellationToken));
        Assert.False(File.Exists(Partial));
        Assert.Equal(new TransferProgress(TransferPhase.Downloading, Size, Size), seen[^1]);
    }

    [Fact]
    public async Task Run_ConnectionCutTwice_GoesOnWhereItWas()
    {
        server.Cuts.Enqueue(1_000_000);
        server.Cuts.Enqueue(500_000);
        await RunAsync();
        Assert.Equal(content, await File.ReadAllBytesAsync(Target, TestContext.Current.CancellationToken));
        Assert.Equal(3, server.Requests.Count);
        Assert.All(server.Requests.Skip(1), request => Assert.Contains("bytes=", request, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Run_PartOfAnEarlierRun_AsksOnlyForTheRest()
    {
        await File.WriteAllBytesAsync(Partial, content[..2_000_000], TestContext.Current.CancellationToken);
        await RunAsync();
        Assert.Equal("GET document bytes=2000000-", Assert.Single(server.Requests));
        Assert.Equal(content, await File.ReadAllBytesAsync(Target, TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task Run_WholePartOfAnEarlierRun_AsksForNothing()
    {
        await File.WriteAllBytesAsync(Partial, content, TestContext.Current.CancellationToken);
        await RunAsync();
        Assert.Empty(server.Requests);
        Assert.True(File.Exists(Target));
    }

    [Fact]
    public async Task Run_SpoiltPartOfAnEarlierRun_StartsOver()
    {
        var spoilt = content[..2_000_000];
        spoilt[7] ^= 1;
        await File.WriteAllBytesAsync(Partial, spoilt, TestContext.Current.CancellationToken);
        await RunAsync();
        Assert.Equal(content, await File.ReadAllBytesAsync(Target, TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task Run_ServerThatIgnoresRanges_StartsOver()
    {
        server.IgnoresRange = true;
        await File.WriteAllBytesAsync(Partial, content[..100], TestContext.Current.CancellationToken);
        await RunAsync();
        Assert.Equal(content, await File.ReadAllBytesAsync(Target, TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task Run_OtherBytes_LeavesNoFileAtAll()
    {
        server.Objects["document"] = [.. content[..^1], (byte)~content[^1]];
        var problem = await Assert.ThrowsAsync<TransferProblem>(() => RunAsync());
        Assert.Equal("digest-mismatch", problem.Code);
        Assert.False(File.Exists(Target));
        Assert.False(File.Exists(Partial));
    }

    [Fact]
    public async Task Run_MoreBytesThanStated_IsRefused()
    {
        server.Objects["document"] = [.. content, 1];
        Assert.Equal("size-mismatch", (await Assert.ThrowsAsync<TransferProblem>(() => RunAsync())).Code);
        Assert.False(File.Exists(Target));
    }

    [Fact]
    public async Task Run_FewerBytesThanStated_IsRefusedAfterAFewTries()
    {
        server.Objects["document"] = content[..^1];
        Assert.Equal("cut-short", (await Assert.ThrowsAsync<TransferProblem>(() => RunAsync())).Code);
        Assert.False(File.Exists(Target));
    }

    [Fact]
    public async Task Run_ExpiredUrl_AsksForAnother()
    {
        server.Refusals.Enqueue(403);
        await RunAsync();
        Assert.Equal(2, urlsGiven);
        Assert.True(File.Exists(Target));
    }

    [Fact]
    public async Task Run_ObjectThatIsGone_IsRefusedAtOnce()
    {
        server.Refusals.Enqueue(404);
        Assert.Equal("Refused", (await Assert.ThrowsAsync<TransferProblem>(() => RunAsync())).Code);
        Assert.Single(server.Requests);
    }

    [Fact]
    public async Task Run_ExistingTarget_IsNeverOverwritten()
    {
        await File.WriteAllTextAsync(Target, "mine", TestContext.Current.CancellationToken);
        await Assert.ThrowsAsync<PlaceProblem>(() => RunAsync());
        Assert.Equal("mine", await File.ReadAllTextAsync(Target, TestContext.Current.CancellationToken));
        Assert.Empty(server.Requests);
    }

    [Fact]
    public async Task Run_Cancelled_KeepsWhatCame()
    {
        using var stop = new CancellationTokenSource();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() =>
            RunAsync(
                progress: seen =>
                {
                    if (seen.Done > 1_000_000)
                    {
                        stop.Cancel();
                    }
                },
                stop
            )
        );
        var part = new FileInfo(Partial);
        Assert.InRange(part.Length, 1_000_000, Size);
        await RunAsync();
        Assert.Equal(content, await File.ReadAllBytesAsync(Target, TestContext.Current.CancellationToken));
    }

    private async Task RunAsync(Action<TransferProgress>? progress = null, CancellationTokenSource? stop = null)
    {
        using var place = DownloadPlace.Reserve(workspace.Path, Name, PartialName, Size);
        var download = new Download(new ObjectStoreClient(http, TimeProvider.System), TimeProvider.System);
        await download.RunAsync(
            new DownloadOrder(place, Size, DocumentDigest.Whole(Sha256Digest.Of(content))),
            _ =>
            {
                urlsGiven++;
                return Task.FromResult(server.Url("document"));
            },
            progress,
            stop?.Token ?? TestContext.Current.CancellationToken
        );
    }
}
