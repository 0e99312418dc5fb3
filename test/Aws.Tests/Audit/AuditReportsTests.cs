using System.Net;
using Amazon.Runtime;
using Amazon.S3;
using FairShare.Audit.Findings;
using FairShare.Aws.Audit;
using FairShare.Core.Identifiers;
using FairShare.Log.Notes;
using Xunit;

namespace FairShare.Aws.Tests.Audit;

/// <summary>A report whose parts S3 takes or refuses.</summary>
public sealed class AuditReportsTests
{
    private static readonly DateTimeOffset Now = new(2026, 11, 1, 12, 0, 0, TimeSpan.Zero);
    private const string First = "/bucket/reports/2026-11-01T12:00:00.000Z";

    [Fact]
    public async Task WriteAsync_PageThatIsThere_IsWrittenWithANumber()
    {
        var puts = await WriteAsync(path =>
            path == $"{First}.html" ? HttpStatusCode.PreconditionFailed
            : path == $"{First}-2.html" ? HttpStatusCode.Conflict
            : HttpStatusCode.OK
        );
        Assert.Equal([$"{First}.html", $"{First}-2.html", $"{First}-3.html", $"{First}-3.jsonl"], puts);
    }

    [Fact]
    public async Task WriteAsync_FindingsThatTheSdkPutAlready_AreWritten()
    {
        var puts = await WriteAsync(path =>
            path.EndsWith(".jsonl", StringComparison.Ordinal) ? HttpStatusCode.PreconditionFailed : HttpStatusCode.OK
        );
        Assert.Equal([$"{First}.html", $"{First}.jsonl"], puts);
    }

    [Fact]
    public async Task WriteAsync_FindingsThatWereNotTaken_AreNotDroppedInSilence()
    {
        var refused = await Assert.ThrowsAsync<AmazonS3Exception>(() =>
            WriteAsync(path => path.EndsWith(".jsonl", StringComparison.Ordinal) ? HttpStatusCode.Conflict : HttpStatusCode.OK)
        );
        Assert.Equal(HttpStatusCode.Conflict, refused.StatusCode);
    }

    private static async Task<IReadOnlyList<string>> WriteAsync(Func<string, HttpStatusCode> answer)
    {
        var puts = new Puts(answer);
        using var client = new AmazonS3Client(
            new BasicAWSCredentials("id", "secret"),
            new AmazonS3Config
            {
                ServiceURL = "http://localhost",
                AuthenticationRegion = "us-east-1",
                ForcePathStyle = true,
                MaxErrorRetry = 0,
                HttpClientFactory = puts,
            }
        );
        await new AuditReports(client, "bucket").WriteAsync(Report(), CancellationToken.None);
        return puts.Paths;
    }

    private static AuditReport Report() =>
        new(
            new AuditOptions(
                PartyId.Parse("00000000-0000-0000-0000-000000000001"),
                new HashSet<string>(),
                NoteKey.Parse("PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW"),
                DateTimeOffset.UnixEpoch,
                DateTimeOffset.MaxValue,
                Now
            ),
            0,
            0,
            0,
            new Dictionary<string, int>(),
            new Dictionary<string, int>(),
            []
        );

    /// <summary>Answers what is put by its path.</summary>
    private sealed class Puts(Func<string, HttpStatusCode> answer) : HttpClientFactory
    {
        public List<string> Paths { get; } = [];

        public override HttpClient CreateHttpClient(IClientConfig clientConfig) => new(new Handler(this, answer));

        private sealed class Handler(Puts puts, Func<string, HttpStatusCode> answer) : HttpMessageHandler
        {
            protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
            {
                var path = Uri.UnescapeDataString(request.RequestUri!.AbsolutePath);
                puts.Paths.Add(path);
                return Task.FromResult(new HttpResponseMessage(answer(path)) { Content = new StringContent("") });
            }
        }
    }
}
