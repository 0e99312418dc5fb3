using System.Net;
using Amazon.S3;
using Amazon.S3.Model;
using TemplateHost.Testing;
using Xunit;

namespace TemplateHost.Tests.S3;

public sealed class PresignedUrlTests
{
    [Fact]
    public async Task Put_OfTheSignedOctets_IsTaken()
    {
        await using var bucket = await TestBucket.StartAsync();
        byte[] body = [1, 2, 3];

        using var answer = await SendAsync(
            HttpMethod.Put,
            Url(bucket, HttpVerb.PUT, TestBucket.Sha256(body)),
            body,
            TestBucket.Sha256(body)
        );

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.NotEmpty(answer.Headers.GetValues("x-amz-version-id").Single());
        Assert.Equal(body, await bucket.GetAsync("k"));
    }

    [Theory]
    [InlineData("other-body", HttpStatusCode.BadRequest, "BadDigest")]
    [InlineData("other-header", HttpStatusCode.Forbidden, "SignatureDoesNotMatch")]
    [InlineData("no-header", HttpStatusCode.Forbidden, "SignatureDoesNotMatch")]
    [InlineData("more-headers", HttpStatusCode.Forbidden, "AccessDenied")]
    [InlineData("other-key", HttpStatusCode.Forbidden, "SignatureDoesNotMatch")]
    [InlineData("longer-life", HttpStatusCode.Forbidden, "SignatureDoesNotMatch")]
    [InlineData("other-method", HttpStatusCode.Forbidden, "SignatureDoesNotMatch")]
    [InlineData("no-signature", HttpStatusCode.Forbidden, "AccessDenied")]
    public async Task Put_OfAnythingElse_IsRefused(string change, HttpStatusCode status, string code)
    {
        await using var bucket = await TestBucket.StartAsync();
        byte[] body = [1, 2, 3];
        var url = Url(bucket, HttpVerb.PUT, TestBucket.Sha256(body));
        url = change switch
        {
            "other-key" => url.Replace("/k?", "/l?", StringComparison.Ordinal),
            "longer-life" => url.Replace("X-Amz-Expires=60", "X-Amz-Expires=61", StringComparison.Ordinal),
            "no-signature" => url.Split('?')[0],
            _ => url,
        };
        var header = change switch
        {
            "other-header" => TestBucket.Sha256([9]),
            "no-header" => null,
            _ => TestBucket.Sha256(body),
        };

        using var answer = await SendAsync(
            change == "other-method" ? HttpMethod.Post : HttpMethod.Put,
            url,
            change == "other-body" ? [9, 9, 9] : body,
            header,
            change == "more-headers"
        );

        Assert.Equal(status, answer.StatusCode);
        Assert.Contains($"<Code>{code}</Code>", await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        Assert.Empty((await bucket.Client.ListVersionsAsync(TestBucket.Name)).Versions ?? []);
    }

    [Fact]
    public async Task Get_AfterExpiry_IsRefused()
    {
        var time = new ManualTime();
        time.Advance(DateTimeOffset.UtcNow - time.GetUtcNow());
        await using var bucket = await TestBucket.StartAsync(time);
        await bucket.PutAsync("k", [1]);
        var url = Url(bucket, HttpVerb.GET, null);
        time.Advance(TimeSpan.FromSeconds(62));

        using var answer = await SendAsync(HttpMethod.Get, url, null, null);

        Assert.Equal(HttpStatusCode.Forbidden, answer.StatusCode);
        Assert.Contains("<Message>Request has expired</Message>", await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Put_WhoseUrlHasACondition_HoldsIt()
    {
        await using var bucket = await TestBucket.StartAsync();
        var address = new Uri($"{bucket.Host.Host.AwsUrl}/{TestBucket.Name}/k?If-None-Match=%2A");
        var url = bucket.Host.Signer.Presign(HttpMethod.Put, address, TimeSpan.FromMinutes(1)).AbsoluteUri;

        using var first = await SendAsync(HttpMethod.Put, url, [1], null);
        using var second = await SendAsync(HttpMethod.Put, url, [2], null);

        Assert.Equal((HttpStatusCode.OK, HttpStatusCode.PreconditionFailed), (first.StatusCode, second.StatusCode));
        Assert.Equal([1], await bucket.GetAsync("k"));
    }

    [Theory]
    [InlineData("https://shop.example", HttpStatusCode.OK)]
    [InlineData("https://elsewhere.test", HttpStatusCode.Forbidden)]
    public async Task Options_FromAPage_IsAnsweredByTheBucketsRules(string origin, HttpStatusCode status)
    {
        await using var bucket = await TestBucket.StartAsync();
        using var client = new HttpClient();
        using var request = new HttpRequestMessage(HttpMethod.Options, Url(bucket, HttpVerb.PUT, TestBucket.Sha256([1])));
        request.Headers.Add("Origin", origin);
        request.Headers.Add("Access-Control-Request-Method", "PUT");
        request.Headers.Add("Access-Control-Request-Headers", "x-amz-checksum-sha256");

        using var answer = await client.SendAsync(request);

        Assert.Equal(status, answer.StatusCode);
        Assert.Equal(status == HttpStatusCode.OK, answer.Headers.Contains("Access-Control-Allow-Origin"));
    }

    private static string Url(TestBucket bucket, HttpVerb verb, string? sha256)
    {
        var request = new GetPreSignedUrlRequest
        {
            BucketName = TestBucket.Name,
            Key = "k",
            Verb = verb,
            Protocol = Amazon.S3.Protocol.HTTP,
            Expires = DateTime.UtcNow + TimeSpan.FromSeconds(60),
        };
        if (sha256 is not null)
        {
            request.Headers["x-amz-checksum-sha256"] = sha256;
        }

        return bucket.Client.GetPreSignedURL(request);
    }

    private static async Task<HttpResponseMessage> SendAsync(
        HttpMethod method,
        string url,
        byte[]? body,
        string? sha256,
        bool moreHeaders = false
    )
    {
        using var client = new HttpClient();
        using var request = new HttpRequestMessage(method, url) { Content = body is null ? null : new ByteArrayContent(body) };
        if (sha256 is not null)
        {
            request.Headers.Add("x-amz-checksum-sha256", sha256);
        }

        if (moreHeaders)
        {
            request.Headers.Add("x-amz-meta-more", "1");
        }

        return await client.SendAsync(request);
    }
}
