using System.Text.Json.Nodes;
using Amazon.S3;
using Amazon.S3.Model;
using FairShare.Core.Digests;
using FairShare.Core.Identifiers;
using FairShare.Core.Keys;
using FairShare.Exchange.Evidence;
using FairShare.Testing;
using Xunit;

namespace FairShare.Scenarios.Tests.Exchange;

/// <summary>
/// What a hostile uploader once had accepted, though no verifier accepts it offline; and that the honest form of it still works.
/// </summary>
public sealed class AcceptedMeansProvenTests(ExchangeWorld world) : IClassFixture<ExchangeWorld>
{
    private const int MiB = 1 << 20;
    private const long PartSize = 5L * MiB;

    [Fact]
    public async Task Deposit_PartsOfTheAnnouncedSize_IsTakenAndReceipted()
    {
        var content = Content(11 * MiB);
        var digest = TestMultipart.DigestOf(content, PartSize, 5 * MiB, 5 * MiB, MiB);
        var document = await TestMultipart.AnnounceAsync(world.Alice, content, PartSize, digest, world.Bob);
        var version = await document.CompleteAsync(await PutAllAsync(document, 5 * MiB, 5 * MiB, MiB));
        (await document.SubmitOriginAsync(version, world.Bob)).Require(200);

        var exchange = (await world.Bob.PostAsync($"/documents/{document.Id}/exchanges")).Require(201);
        var challenge = EvidenceToken.Parse(exchange.Text("challenge"));
        var receipt = await EvidenceIssuer.IssueAsync(
            Statements.Receipt(EvidenceId.New(world.Host.Randomness), challenge, challenge.Statement.Gen, KeyHolder.Self),
            world.Bob.Signer
        );
        var body = new JsonObject { ["nonce"] = exchange.Text("nonce"), ["signature"] = receipt.Text };

        // The oracle behind this call downloads the document, hashes it part by part, and verifies both parties' evidence.
        (await world.Bob.PostAsync($"/exchanges/{exchange.Text("exchangeId")}/receipt", body)).Require(200);
    }

    [Theory]
    [InlineData(6 * MiB, 4 * MiB)]
    [InlineData(5 * MiB + 1, 5 * MiB - 1)]
    public async Task Deposit_PartsOfOtherSizes_IsRefused(int first, int second)
    {
        var content = Content(10 * MiB);
        var document = await TestMultipart.AnnounceAsync(
            world.Alice,
            content,
            PartSize,
            TestMultipart.DigestOf(content, PartSize, first, second),
            world.Bob
        );
        // Past the presigned requests, which bind each part's length: the store looks for itself.
        var version = await UploadPastThePresignedRequestsAsync(document, first, second);

        var answer = await document.SubmitOriginAsync(version, world.Bob);

        Assert.Equal((422, "parts-mismatch"), (answer.Status, answer.Code));
    }

    [Fact]
    public async Task Upload_PartOfAnotherLengthThanItsNumberHas_IsRefusedByS3()
    {
        var content = Content(10 * MiB);
        var digest = TestMultipart.DigestOf(content, PartSize, 6 * MiB, 4 * MiB);
        var document = await TestMultipart.AnnounceAsync(world.Alice, content, PartSize, digest);
        Assert.Equal(403, (await document.PutPartAsync(1, content[..(6 * MiB)])).Status);
        Assert.Equal(200, (await document.PutPartAsync(1, content[..(5 * MiB)])).Status);
    }

    [Fact]
    public async Task Deposit_SignedWithAKeyThatIsYoungerThanItsEvidence_IsRefused()
    {
        var document = await UploadedAsync();
        using var young = new TestSigner();
        await world.Alice.RegisterKeyAsync(young);
        var backdated = await EvidenceIssuer.IssueAsync(
            document.OriginStatement() with
            {
                Gen = world.Host.Time.GetUtcNow() - TimeSpan.FromSeconds(300),
            },
            young
        );

        var answer = await document.SubmitOriginAsync(backdated);

        Assert.Equal((422, "key-not-valid"), (answer.Status, answer.Code));
    }

    [Fact]
    public async Task Deposit_EvidenceFromBeforeTheAnnouncement_IsRefused()
    {
        var document = await UploadedAsync();
        var announced = Timestamp.Parse(document.Ticket.Text("announcedAt"));
        var early = await EvidenceIssuer.IssueAsync(
            document.OriginStatement() with
            {
                Gen = announced - TimeSpan.FromMilliseconds(1),
            },
            world.Alice.Signer
        );

        Assert.Equal(
            (422, "outside-time:gen"),
            (await document.SubmitOriginAsync(early)) is var answer ? (answer.Status, answer.Code) : default
        );

        var onTime = await EvidenceIssuer.IssueAsync(document.OriginStatement() with { Gen = announced }, world.Alice.Signer);
        (await document.SubmitOriginAsync(onTime)).Require(200);
    }

    [Theory]
    [InlineData("gzip")]
    [InlineData("br")]
    [InlineData("x-anything")]
    public async Task Deposit_UploadedWithAContentEncoding_IsRefused(string encoding)
    {
        var document = await TestDocument.RequestUploadAsync(world.Alice);
        document.Version = await document.PutEncodedAsync(encoding);

        var answer = await document.SubmitOriginAsync();

        Assert.Equal((422, "document-encoded"), (answer.Status, answer.Code));
    }

    [Fact]
    public async Task Download_UploadedWithOtherHeaders_IsServedAsTheDocumentThatItIs()
    {
        var document = await TestDocument.RequestUploadAsync(world.Alice, null, world.Bob);
        document.Version = await PutAsync(
            document,
            request =>
            {
                request.Content!.Headers.TryAddWithoutValidation("content-type", "text/html");
                request.Content.Headers.TryAddWithoutValidation("content-language", "tlh");
                request.Content.Headers.TryAddWithoutValidation("content-disposition", "inline");
                request.Content.Headers.TryAddWithoutValidation("expires", "Fri, 01 Jan 2100 00:00:00 GMT");
                request.Headers.TryAddWithoutValidation("cache-control", "public, max-age=31536000");
            }
        );
        (await document.SubmitOriginAsync()).Require(200);
        var exchange = await TestExchange.RequestAsync(world.Bob, document);
        var url = (await exchange.SubmitReceiptAsync()).Require(200).Text("filePath");

        using var response = await world.Host.Http.GetAsync(url);

        Assert.Equal("application/pdf", response.Content.Headers.ContentType!.ToString());
        Assert.DoesNotContain("tlh", response.Content.Headers.ContentLanguage);
        Assert.Equal(DateTimeOffset.UnixEpoch, response.Content.Headers.Expires);
        Assert.Equal("attachment", response.Content.Headers.ContentDisposition!.DispositionType);
        Assert.True(response.Headers.CacheControl!.NoStore);
        Assert.Equal(document.Content, await response.Content.ReadAsByteArrayAsync());
    }

    [Fact]
    public async Task Upload_PresignedPutReplayed_AddsNoVersion()
    {
        var document = await UploadedAsync();
        using var again = await world.Host.UploadAsync(document.Ticket["upload"], document.Content);
        Assert.Equal(412, (int)again.StatusCode);
        var view = (await world.Alice.GetAsync($"/documents/{document.Id}")).Require(200);
        Assert.Equal(document.Version.ToString(), view.Text("version"));
    }

    [Fact]
    public async Task Upload_AfterAnAbort_IsNotGivenAgainUnderTheSameKey()
    {
        var announcement = TestDocument.Announce(Content(100));
        var ticket = (await world.Alice.PostAsync("/documents", announcement, "abort-and-again")).Require(201);
        (await world.Alice.PostAsync($"/documents/{ticket.Text("fileId")}/abort")).Require(200);

        var again = await world.Alice.PostAsync("/documents", announcement, "abort-and-again");

        Assert.Equal((409, "document-not-available"), (again.Status, again.Code));
    }

    [Fact]
    public async Task Deposit_EvidenceOfTheOldPolicy_IsRefused()
    {
        var document = await UploadedAsync();
        var old = await EvidenceIssuer.IssueAsync(
            document.OriginStatement() with
            {
                Policy = EvidencePolicy.Disclosing,
                Salt = null,
            },
            world.Alice.Signer
        );
        Assert.Equal(
            (422, "statement-mismatch:pol"),
            (await document.SubmitOriginAsync(old)) is var answer ? (answer.Status, answer.Code) : default
        );
    }

    private async Task<TestDocument> UploadedAsync()
    {
        var document = await TestDocument.RequestUploadAsync(world.Alice, null, world.Bob);
        await document.UploadAsync();
        return document;
    }

    private async Task<ObjectVersion> PutAsync(TestDocument document, Action<HttpRequestMessage> change)
    {
        using var response = await world.Host.UploadAsync(document.Ticket["upload"], document.Content, change: change);
        return ObjectVersion.Parse(response.EnsureSuccessStatusCode().Headers.GetValues("x-amz-version-id").Single());
    }

    private static async Task<List<(int Number, string Tag, byte[] Part)>> PutAllAsync(TestMultipart document, params int[] sizes)
    {
        var parts = new List<(int, string, byte[])>();
        foreach (var (index, part) in TestMultipart.Cut(document.Content, sizes).Index())
        {
            var (status, tag) = await document.PutPartAsync(index + 1, part);
            Assert.Equal(200, status);
            parts.Add((index + 1, tag!, part));
        }

        return parts;
    }

    private async Task<ObjectVersion> UploadPastThePresignedRequestsAsync(TestMultipart document, params int[] sizes)
    {
        using var s3 = new AmazonS3Client(world.Host.Owner(), world.Host.Configure(new AmazonS3Config { ForcePathStyle = true }));
        var (bucket, key) = (world.Host.Embedded.Outputs["DocumentBucketName"], $"documents/{document.Id}");
        var tags = new List<PartETag>();
        foreach (var (index, part) in TestMultipart.Cut(document.Content, sizes).Index())
        {
            var stored = await s3.UploadPartAsync(
                new UploadPartRequest
                {
                    BucketName = bucket,
                    Key = key,
                    UploadId = document.UploadId,
                    PartNumber = index + 1,
                    InputStream = new MemoryStream(part),
                    PartSize = part.Length,
                    ChecksumSHA256 = Sha256Digest.Of(part).ToBase64(),
                }
            );
            tags.Add(
                new PartETag
                {
                    PartNumber = index + 1,
                    ETag = stored.ETag,
                    ChecksumSHA256 = stored.ChecksumSHA256,
                }
            );
        }

        var joined = await s3.CompleteMultipartUploadAsync(
            new CompleteMultipartUploadRequest
            {
                BucketName = bucket,
                Key = key,
                UploadId = document.UploadId,
                PartETags = tags,
            }
        );
        return ObjectVersion.Parse(joined.VersionId);
    }

    private byte[] Content(int size)
    {
        var content = new byte[size];
        world.Host.Randomness.Fill(content);
        return content;
    }
}
