using System.Text;
using System.Text.Json;
using FairShare.Client.Http;
using FairShare.Client.Tests.Support;
using FairShare.Client.Transfers;
using FairShare.Contracts;
using FairShare.Contracts.Exchange;
using FairShare.Core.Identifiers;
using Microsoft.AspNetCore.Http;

namespace FairShare.Client.Tests.Transfers;

public sealed class UploadTests : IAsyncLifetime
{
    private const int PartSize = 5 << 20;
    private const int Size = (3 * PartSize) + 1000;

    private readonly Workspace workspace = new();
    private readonly ObjectStoreServer server = new();
    private readonly HttpClient http = new();
    private LocalServer? apiServer;
    private HttpClient? apiHttp;
    private string file = "";

    public async ValueTask InitializeAsync()
    {
        await server.StartAsync();
        file = workspace.MakeFile("document.bin", Size);
        apiServer = await LocalServer.StartAsync(GrantPartsAsync);
        apiHttp = new HttpClient { BaseAddress = new Uri(apiServer.Url + "/") };
    }

    public async ValueTask DisposeAsync()
    {
        http.Dispose();
        apiHttp?.Dispose();
        await apiServer!.DisposeAsync();
        await server.DisposeAsync();
        workspace.Dispose();
    }

    [Fact]
    public async Task Run_OnePut_SendsTheSignedHeadersAndGivesTheVersion()
    {
        var digest = await DigestAsync(null);
        var version = await RunAsync(Single(digest), digest);
        Assert.Equal("version-1", version.ToString());
        Assert.Equal(await File.ReadAllBytesAsync(file, TestContext.Current.CancellationToken), server.Objects["document"]);
    }

    [Fact]
    public async Task Run_OnePutThatFailsForAWhile_IsRepeated()
    {
        server.Refusals.Enqueue(503);
        server.Refusals.Enqueue(500);
        var digest = await DigestAsync(null);
        await RunAsync(Single(digest), digest);
        Assert.Equal(3, server.Requests.Count);
    }

    [Fact]
    public async Task Run_FileThatChangedAfterItsDigest_IsRefusedByTheStore()
    {
        var digest = await DigestAsync(null);
        workspace.MakeFile("document.bin", Size, seed: 2);
        var problem = await Assert.ThrowsAsync<TransferProblem>(() => RunAsync(Single(digest), digest));
        Assert.Equal(("BadDigest", 400), (problem.Code, problem.Status));
        Assert.Single(server.Requests);
        Assert.Empty(server.Objects);
    }

    [Fact]
    public async Task Run_Multipart_SendsEveryPartOnceAndReportsAllBytes()
    {
        var digest = await DigestAsync(PartSize);
        var most = 0L;
        var version = await RunAsync(Multipart(), digest, progress => most = Math.Max(most, progress.Done));
        Assert.Equal("version-m", version.ToString());
        Assert.Equal(Size, most);
        Assert.Equal(4, server.Requests.Count(request => request.StartsWith("PUT", StringComparison.Ordinal)));
        Assert.Equal(await File.ReadAllBytesAsync(file, TestContext.Current.CancellationToken), server.Objects["completed"]);
    }

    [Fact]
    public async Task Run_MultipartWithPartsThere_SendsOnlyWhatIsMissingOrWrong()
    {
        var parts = (await File.ReadAllBytesAsync(file, TestContext.Current.CancellationToken)).Chunk(PartSize).ToList();
        (server.Parts[1], server.Parts[3], server.Parts[4]) = (parts[0], parts[2], [1, 2, 3]);
        await RunAsync(Multipart(), await DigestAsync(PartSize));
        Assert.Equal(
            ["PUT parts/2", "PUT parts/4"],
            server.Requests.Where(request => request.StartsWith("PUT", StringComparison.Ordinal)).Order()
        );
        Assert.Equal(Size, server.Objects["completed"].Length);
    }

    [Fact]
    public async Task Run_CompletionThatFailsInsideA200_IsAProblem()
    {
        var digest = await DigestAsync(PartSize);
        server.Parts[9] = [1];
        var problem = await Assert.ThrowsAsync<TransferProblem>(() => RunAsync(Multipart(), digest));
        Assert.Equal("InvalidPart", problem.Code);
    }

    [Theory]
    [InlineData(1, null)]
    [InlineData(64L << 20, null)]
    [InlineData((64L << 20) + 1, 16L << 20)]
    [InlineData(160_000L << 20, 16L << 20)]
    [InlineData((160_000L << 20) + 1, 17L << 20)]
    [InlineData(5L << 40, 525L << 20)]
    public void PartSizeFor_AnySize_NeedsNoMoreThan10000Parts(long size, long? partSize)
    {
        Assert.Equal(partSize, FileDigest.PartSizeFor(size));
        Assert.InRange((size - 1) / (partSize ?? size), 0, 9_999);
    }

    private Task<FileDigest> DigestAsync(long? partSize) =>
        FileDigest.ComputeAsync(file, partSize, null, TestContext.Current.CancellationToken);

    private Task<ObjectVersion> RunAsync(UploadWay way, FileDigest digest, Action<TransferProgress>? progress = null)
    {
        var api = new FairShareApi(apiHttp!, null, TimeProvider.System, new SystemRandomness());
        var grant = new UploadGrant(
            DocumentId.New(new SystemRandomness()).ToString(),
            null,
            "n",
            "key",
            DateTimeOffset.UnixEpoch,
            DateTimeOffset.UnixEpoch,
            way
        );
        return new Uploads(api, new ObjectStoreClient(http, TimeProvider.System)).RunAsync(
            file,
            grant,
            digest,
            progress,
            TestContext.Current.CancellationToken
        );
    }

    private UploadWay Single(FileDigest digest) =>
        new(
            "PUT",
            server.Url("document"),
            new Dictionary<string, string>
            {
                ["x-amz-checksum-sha256"] = digest.Digest.Value.ToBase64(),
                ["Content-Type"] = "application/pdf",
                ["Content-Length"] = "12345",
            }
        );

    private UploadWay Multipart() => new(Multipart: new MultipartWay("upload", PartSize, 4, server.Url("parts"), server.Url("parts")));

    private async Task GrantPartsAsync(HttpContext context)
    {
        using var reader = new StreamReader(context.Request.Body, Encoding.UTF8);
        var request = JsonSerializer.Deserialize(await reader.ReadToEndAsync(), ContractJson.Lenient.TypeOf<PartsRequest>())!;
        var grant = new PartsGrant([
            .. request.Parts.Select(part => new PartWay(
                part.Number,
                "PUT",
                server.Url($"parts/{part.Number}"),
                new Dictionary<string, string> { ["x-amz-checksum-sha256"] = Core.Digests.Sha256Digest.Parse(part.Digest).ToBase64() }
            )),
        ]);
        await context.Response.WriteAsync(JsonSerializer.Serialize(grant, ContractJson.Lenient.TypeOf<PartsGrant>()));
    }
}
