using System.Net;
using Amazon.S3.Model;
using Xunit;

namespace TemplateHost.Tests.S3;

public sealed class ResponseOverrideTests
{
    [Fact]
    public async Task Get_WithOverrides_AnswersWithThemInPlaceOfTheStored()
    {
        await using var bucket = await StoredAsync();
        var url = Url(
            bucket,
            new ResponseHeaderOverrides
            {
                ContentType = "application/octet-stream",
                ContentEncoding = "identity",
                ContentLanguage = "de",
                CacheControl = "no-store",
                ContentDisposition = "attachment",
                Expires = "Thu, 01 Jan 2026 00:00:00 GMT",
            }
        );
        using var client = new HttpClient();

        using var answer = await client.GetAsync(url);

        var headers = answer.Content.Headers;
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Equal("application/octet-stream", headers.ContentType!.MediaType);
        Assert.Equal(["identity"], headers.ContentEncoding);
        Assert.Equal(["de"], headers.ContentLanguage);
        Assert.Equal("attachment", headers.ContentDisposition!.DispositionType);
        Assert.Equal("no-store", answer.Headers.CacheControl!.ToString());
        Assert.Equal("Thu, 01 Jan 2026 00:00:00 GMT", headers.GetValues("Expires").Single());
    }

    [Fact]
    public async Task Get_WithAnOverrideNobodySigned_IsRefused()
    {
        await using var bucket = await StoredAsync();
        using var client = new HttpClient();

        using var changed = await client.GetAsync(
            Url(bucket, new ResponseHeaderOverrides { ContentType = "text/plain" })
                .Replace("text%2Fplain", "text%2Fhtml", StringComparison.Ordinal)
        );
        using var unsigned = await client.GetAsync($"{bucket.Host.Host.AwsUrl}/{TestBucket.Name}/open/k?response-content-type=text/html");

        Assert.Contains("<Code>SignatureDoesNotMatch</Code>", await changed.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.BadRequest, unsigned.StatusCode);
        Assert.Contains("<Code>InvalidRequest</Code>", await unsigned.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("response-location=http%3A%2F%2Felsewhere.test", HttpStatusCode.OK)]
    [InlineData("response-content-type=a%0D%0Ab", HttpStatusCode.BadRequest)]
    public async Task Get_WithAnOddOverride_SetsNoHeader(string query, HttpStatusCode status)
    {
        await using var bucket = await StoredAsync();
        using var client = new HttpClient(new HttpClientHandler { AllowAutoRedirect = false });
        using var request = new HttpRequestMessage(HttpMethod.Get, $"{bucket.Host.Host.AwsUrl}/{TestBucket.Name}/open/k?{query}");
        await bucket.Host.Signer.SignAsync(request, "s3");

        using var answer = await client.SendAsync(request);

        Assert.Equal(status, answer.StatusCode);
        Assert.Null(answer.Headers.Location);
    }

    private static async Task<TestBucket> StoredAsync()
    {
        var bucket = await TestBucket.StartAsync();
        await bucket.Client.PutBucketPolicyAsync(
            new()
            {
                BucketName = TestBucket.Name,
                Policy = """
                { "Version": "2012-10-17", "Statement": [
                  { "Effect": "Allow", "Principal": "*", "Action": "s3:GetObject", "Resource": "arn:aws:s3:::documents/open/*" } ] }
                """,
            }
        );
        await bucket.Client.PutObjectAsync(
            new()
            {
                BucketName = TestBucket.Name,
                Key = "open/k",
                ContentBody = "x",
                ContentType = "text/html",
                Headers =
                {
                    ContentEncoding = "gzip",
                    CacheControl = "max-age=9",
                    ContentDisposition = "inline",
                },
            }
        );
        return bucket;
    }

    private static string Url(TestBucket bucket, ResponseHeaderOverrides overrides) =>
        bucket.Client.GetPreSignedURL(
            new GetPreSignedUrlRequest
            {
                BucketName = TestBucket.Name,
                Key = "open/k",
                Protocol = Amazon.S3.Protocol.HTTP,
                Expires = DateTime.UtcNow + TimeSpan.FromSeconds(60),
                ResponseHeaderOverrides = overrides,
            }
        );
}
