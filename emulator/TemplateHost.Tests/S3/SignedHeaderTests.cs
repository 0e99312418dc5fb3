using System.Net;
using System.Net.Http.Headers;
using Amazon.S3;
using Amazon.S3.Model;
using Xunit;

namespace TemplateHost.Tests.S3;

/// <summary>Presigned requests that sign what their client sends beside the octets.</summary>
public sealed class SignedHeaderTests
{
    private static readonly byte[] Body = [1, 2, 3];

    [Theory]
    [InlineData("nothing", "", 200)]
    [InlineData("content-length", "SignatureDoesNotMatch", 403)]
    [InlineData("content-type", "SignatureDoesNotMatch", 403)]
    [InlineData("content-encoding", "SignatureDoesNotMatch", 403)]
    [InlineData("no-content-encoding", "SignatureDoesNotMatch", 403)]
    [InlineData("if-none-match", "SignatureDoesNotMatch", 403)]
    [InlineData("no-if-none-match", "SignatureDoesNotMatch", 403)]
    public async Task Put_WithASignedHeaderChanged_IsRefused(string change, string code, int status)
    {
        await using var bucket = await TestBucket.StartAsync();
        using var request = Put(Url(bucket), change == "content-length" ? [1, 2, 3, 4] : Body);
        Change(request, change);

        var (got, text) = await SendAsync(request);

        Assert.Equal(status, (int)got);
        Assert.Contains(code, text, StringComparison.Ordinal);
        Assert.Equal(status == 200 ? 1 : 0, (await bucket.Client.ListVersionsAsync(TestBucket.Name)).Versions?.Count ?? 0);
    }

    [Fact]
    public async Task Put_Replayed_MeetsItsOwnObject()
    {
        await using var bucket = await TestBucket.StartAsync();
        var url = Url(bucket);
        using var first = Put(url, Body);
        using var second = Put(url, Body);

        var taken = await SendAsync(first);
        var (status, text) = await SendAsync(second);

        Assert.Equal(HttpStatusCode.OK, taken.Status);
        Assert.Equal(HttpStatusCode.PreconditionFailed, status);
        Assert.Contains("<Code>PreconditionFailed</Code>", text, StringComparison.Ordinal);
        Assert.Contains("<Condition>If-None-Match</Condition>", text, StringComparison.Ordinal);
        Assert.Single((await bucket.Client.ListVersionsAsync(TestBucket.Name)).Versions);
    }

    [Fact]
    public async Task Put_IfNoneMatchOfOneTag_IsNotImplementedAsAtS3()
    {
        await using var bucket = await TestBucket.StartAsync();

        var refusal = await Assert.ThrowsAsync<AmazonS3Exception>(() =>
            bucket.Client.PutObjectAsync(
                new()
                {
                    BucketName = TestBucket.Name,
                    Key = "k",
                    ContentBody = "x",
                    IfNoneMatch = "\"0123\"",
                }
            )
        );

        Assert.Equal("NotImplemented", refusal.ErrorCode);
    }

    [Theory]
    [InlineData("x-amz-meta-more", "1")]
    [InlineData("x-amz-tagging", "a=b")]
    [InlineData("x-amz-object-lock-legal-hold", "ON")]
    public async Task Put_WithAnUnsignedAmazonHeader_NamesIt(string name, string value)
    {
        await using var bucket = await TestBucket.StartAsync();
        using var request = Put(Url(bucket), Body);
        request.Headers.Add(name, value);

        var (status, text) = await SendAsync(request);

        Assert.Equal(HttpStatusCode.Forbidden, status);
        Assert.Contains("<Code>AccessDenied</Code>", text, StringComparison.Ordinal);
        Assert.Contains("There were headers present in the request which were not signed</Message>", text, StringComparison.Ordinal);
        Assert.Contains($"<HeadersNotSigned>{name}</HeadersNotSigned>", text, StringComparison.Ordinal);
    }

    private static HttpRequestMessage Put(string url, byte[] body)
    {
        var request = new HttpRequestMessage(HttpMethod.Put, url) { Content = new ByteArrayContent(body) };
        request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/pdf");
        request.Content.Headers.ContentEncoding.Add("identity");
        request.Headers.Add("If-None-Match", "*");
        return request;
    }

    private static void Change(HttpRequestMessage request, string change)
    {
        switch (change)
        {
            case "content-type":
                request.Content!.Headers.ContentType = new MediaTypeHeaderValue("text/html");
                break;
            case "content-encoding" or "no-content-encoding":
                request.Content!.Headers.ContentEncoding.Clear();
                request.Content.Headers.TryAddWithoutValidation("Content-Encoding", change == "content-encoding" ? "gzip" : null);
                break;
            case "if-none-match" or "no-if-none-match":
                request.Headers.Remove("If-None-Match");
                request.Headers.TryAddWithoutValidation("If-None-Match", change == "if-none-match" ? "\"0\"" : null);
                break;
        }
    }

    private static async Task<(HttpStatusCode Status, string Text)> SendAsync(HttpRequestMessage request)
    {
        using var client = new HttpClient();
        using var answer = await client.SendAsync(request);
        return (answer.StatusCode, await answer.Content.ReadAsStringAsync());
    }

    private static string Url(TestBucket bucket) =>
        bucket.Client.GetPreSignedURL(
            new GetPreSignedUrlRequest
            {
                BucketName = TestBucket.Name,
                Key = "k",
                Verb = HttpVerb.PUT,
                Protocol = Amazon.S3.Protocol.HTTP,
                Expires = DateTime.UtcNow + TimeSpan.FromSeconds(60),
                ContentType = "application/pdf",
                Headers =
                {
                    ["Content-Length"] = "3",
                    ["Content-Encoding"] = "identity",
                    ["If-None-Match"] = "*",
                },
            }
        );
}
