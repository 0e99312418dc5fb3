using System.Net;
using System.Text;
using Amazon.S3;
using Amazon.S3.Model;
using Xunit;

namespace TemplateHost.Tests.S3;

/// <summary>Parameters of S3 that are honoured or refused, and never ignored.</summary>
public sealed class RefusalTests
{
    [Fact]
    public async Task Header_WithTextBeyondAscii_IsReadAgain()
    {
        await using var bucket = await TestBucket.StartAsync();
        using var handler = new SocketsHttpHandler
        {
            RequestHeaderEncodingSelector = (_, _) => Encoding.UTF8,
            ResponseHeaderEncodingSelector = (_, _) => Encoding.UTF8,
        };
        using var client = new HttpClient(handler);
        const string Disposition = "attachment; filename=übersicht.txt";
        using var content = new StringContent("x");
        content.Headers.TryAddWithoutValidation("Content-Disposition", Disposition);
        using var put = await client.PutAsync(Url(bucket, HttpVerb.PUT), content);
        using var got = await client.GetAsync(Url(bucket, HttpVerb.GET));

        Assert.Equal((HttpStatusCode.OK, HttpStatusCode.OK), (put.StatusCode, got.StatusCode));
        Assert.Equal(Disposition, got.Content.Headers.GetValues("Content-Disposition").Single());
    }

    [Fact]
    public async Task Owner_AnotherThanTheBuckets_IsRefused()
    {
        await using var bucket = await TestBucket.StartAsync();
        var asked = new ListObjectsV2Request { BucketName = TestBucket.Name, ExpectedBucketOwner = "111111111111" };
        var refused = await Assert.ThrowsAsync<AmazonS3Exception>(() => bucket.Client.ListObjectsV2Async(asked));
        Assert.Equal("AccessDenied", refused.ErrorCode);
        asked.ExpectedBucketOwner = "000000000000";
        await bucket.Client.ListObjectsV2Async(asked);
    }

    [Fact]
    public async Task Location_OfAnotherRegion_IsRefused()
    {
        await using var bucket = await TestBucket.StartAsync();
        var asked = new PutBucketRequest { BucketName = "elsewhere", BucketRegion = S3Region.EUWest1 };
        var refused = await Assert.ThrowsAsync<AmazonS3Exception>(() => bucket.Client.PutBucketAsync(asked));
        Assert.Equal("IllegalLocationConstraintException", refused.ErrorCode);
    }

    [Fact]
    public async Task Versioning_OfABucketWithObjectLock_IsNotSuspended()
    {
        await using var bucket = await TestBucket.StartAsync();
        await bucket.Client.PutBucketAsync(new PutBucketRequest { BucketName = "locked", ObjectLockEnabledForBucket = true });
        var asked = new PutBucketVersioningRequest
        {
            BucketName = "locked",
            VersioningConfig = new S3BucketVersioningConfig { Status = VersionStatus.Suspended },
        };
        var refused = await Assert.ThrowsAsync<AmazonS3Exception>(() => bucket.Client.PutBucketVersioningAsync(asked));
        Assert.Equal("InvalidBucketState", refused.ErrorCode);
    }

    [Fact]
    public async Task Uploads_PageByPage_AreEachListedOnce()
    {
        await using var bucket = await TestBucket.StartAsync();
        foreach (var key in new[] { "a", "a", "b" })
        {
            await bucket.Client.InitiateMultipartUploadAsync(TestBucket.Name, key);
        }

        var (keys, asked) = (new List<string>(), new ListMultipartUploadsRequest { BucketName = TestBucket.Name, MaxUploads = 1 });
        for (var more = true; more; )
        {
            var page = await bucket.Client.ListMultipartUploadsAsync(asked);
            keys.AddRange(page.MultipartUploads.Select(upload => upload.Key));
            (asked.KeyMarker, asked.UploadIdMarker, more) = (page.NextKeyMarker, page.NextUploadIdMarker, page.IsTruncated is true);
        }

        Assert.Equal(["a", "a", "b"], keys);
    }

    private static string Url(TestBucket bucket, HttpVerb verb) =>
        bucket.Client.GetPreSignedURL(
            new GetPreSignedUrlRequest
            {
                BucketName = TestBucket.Name,
                Key = "k",
                Verb = verb,
                Protocol = Protocol.HTTP,
                Expires = DateTime.UtcNow.AddMinutes(5),
            }
        );
}
