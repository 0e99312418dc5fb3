using System.Net;
using Amazon.S3;
using Amazon.S3.Model;
using TemplateHost.Testing;
using Xunit;

namespace TemplateHost.Tests.S3;

public sealed class ObjectTests
{
    [Theory]
    [InlineData("plain")]
    [InlineData("a/b/../c")]
    [InlineData("with space+plus&ünïcode%41.txt")]
    public async Task Put_AnyKey_ComesBack(string key)
    {
        await using var bucket = await TestBucket.StartAsync();
        var body = TestBucket.Octets(200_000);

        await bucket.PutAsync(key, body);

        Assert.Equal(body, await bucket.GetAsync(key));
        Assert.Equal(key, Assert.Single((await bucket.Client.ListObjectsV2Async(new() { BucketName = TestBucket.Name })).S3Objects).Key);
    }

    [Fact]
    public async Task Put_WithRightChecksum_KeepsIt()
    {
        await using var bucket = await TestBucket.StartAsync();
        var body = TestBucket.Octets(1000);

        var put = await bucket.PutAsync("k", body, TestBucket.Sha256(body));
        var head = await bucket.Client.GetObjectMetadataAsync(
            new()
            {
                BucketName = TestBucket.Name,
                Key = "k",
                VersionId = put.VersionId,
                ChecksumMode = ChecksumMode.ENABLED,
            }
        );

        Assert.Equal(TestBucket.Sha256(body), put.ChecksumSHA256);
        Assert.Equal(TestBucket.Sha256(body), head.ChecksumSHA256);
        Assert.Equal(ChecksumType.FULL_OBJECT, head.ChecksumType);
        Assert.Equal(1000, head.ContentLength);
    }

    [Fact]
    public async Task Put_WithWrongChecksum_IsRefusedAndKeepsNothing()
    {
        await using var bucket = await TestBucket.StartAsync();

        var refusal = await Assert.ThrowsAsync<AmazonS3Exception>(() => bucket.PutAsync("k", [1, 2, 3], TestBucket.Sha256([1, 2])));

        Assert.Equal("BadDigest", refusal.ErrorCode);
        Assert.Equal(HttpStatusCode.BadRequest, refusal.StatusCode);
        Assert.Empty((await bucket.Client.ListVersionsAsync(TestBucket.Name)).Versions ?? []);
    }

    [Theory]
    [InlineData("bytes=0-3", "0123")]
    [InlineData("bytes=8-", "89")]
    [InlineData("bytes=-2", "89")]
    [InlineData("bytes=5-100", "56789")]
    public async Task Get_Range_SendsThatPart(string range, string part)
    {
        await using var bucket = await TestBucket.StartAsync();
        await bucket.PutAsync("k", "0123456789"u8.ToArray());

        using var answer = await bucket.Client.GetObjectAsync(
            new()
            {
                BucketName = TestBucket.Name,
                Key = "k",
                ByteRange = new ByteRange(range),
            }
        );
        using var reader = new StreamReader(answer.ResponseStream);

        Assert.Equal(HttpStatusCode.PartialContent, answer.HttpStatusCode);
        Assert.Equal(part, await reader.ReadToEndAsync());
    }

    [Fact]
    public async Task Get_RangeBeyondTheEnd_IsNotSatisfiable()
    {
        await using var bucket = await TestBucket.StartAsync();
        await bucket.PutAsync("k", [1]);

        var refusal = await Assert.ThrowsAsync<AmazonS3Exception>(() =>
            bucket.Client.GetObjectAsync(
                new()
                {
                    BucketName = TestBucket.Name,
                    Key = "k",
                    ByteRange = new ByteRange("bytes=5-"),
                }
            )
        );

        Assert.Equal(HttpStatusCode.RequestedRangeNotSatisfiable, refusal.StatusCode);
    }

    [Fact]
    public async Task Versions_OfOneKey_StayReadableUntilDeleted()
    {
        await using var bucket = await TestBucket.StartAsync();
        var first = (await bucket.PutAsync("k", [1])).VersionId;
        var second = (await bucket.PutAsync("k", [2])).VersionId;

        var marker = await bucket.Client.DeleteObjectAsync(TestBucket.Name, "k");
        var gone = await Assert.ThrowsAsync<NoSuchKeyException>(() => bucket.GetAsync("k"));

        Assert.Equal("true", marker.DeleteMarker);
        Assert.Equal("NoSuchKey", gone.ErrorCode);
        Assert.Equal([1], await bucket.GetAsync("k", first));
        await bucket.Client.DeleteObjectAsync(TestBucket.Name, "k", marker.VersionId);
        Assert.Equal([2], await bucket.GetAsync("k"));
        await bucket.Client.DeleteObjectAsync(TestBucket.Name, "k", second);
        Assert.Equal([1], await bucket.GetAsync("k"));
    }

    [Fact]
    public async Task Put_IfNoneMatch_RefusesAnExistingKey()
    {
        await using var bucket = await TestBucket.StartAsync();
        PutObjectRequest Request() =>
            new()
            {
                BucketName = TestBucket.Name,
                Key = "k",
                ContentBody = "x",
                IfNoneMatch = "*",
            };
        await bucket.Client.PutObjectAsync(Request());

        var refusal = await Assert.ThrowsAsync<AmazonS3Exception>(() => bucket.Client.PutObjectAsync(Request()));

        Assert.Equal("PreconditionFailed", refusal.ErrorCode);
    }

    [Fact]
    public async Task List_WithDelimiterPageByPage_RollsUpPrefixes()
    {
        await using var bucket = await TestBucket.StartAsync();
        foreach (var key in (string[])["a/1", "a/2", "b", "c/1", "c/2/3", "d"])
        {
            await bucket.PutAsync(key, [1]);
        }

        var found = new List<string>();
        var request = new ListObjectsV2Request
        {
            BucketName = TestBucket.Name,
            Delimiter = "/",
            MaxKeys = 1,
        };
        do
        {
            var page = await bucket.Client.ListObjectsV2Async(request);
            found.AddRange((page.S3Objects ?? []).Select(item => item.Key).Concat(page.CommonPrefixes ?? []));
            request.ContinuationToken = page.NextContinuationToken;
        } while (request.ContinuationToken is not null);

        Assert.Equal(["a/", "b", "c/", "d"], found);
        Assert.Equal(
            ["c/1", "c/2/3"],
            (await bucket.Client.ListObjectsV2Async(new() { BucketName = TestBucket.Name, Prefix = "c/" })).S3Objects.Select(item =>
                item.Key
            )
        );
    }

    [Theory]
    [InlineData("public/x", "NoSuchKey", false)]
    [InlineData("secret/x", "AccessDenied", true)]
    public async Task Get_AsReader_IsWhatTheRoleMay(string key, string code, bool exists)
    {
        await using var bucket = await TestBucket.StartAsync();
        using var reader = bucket.ClientOf(SdkHost.Of(bucket.Host.Host.CredentialsFor("Reader")));
        if (exists)
        {
            await bucket.PutAsync(key, [1]);
        }

        var refusal = await Assert.ThrowsAsync<AmazonS3Exception>(() => reader.GetObjectAsync(TestBucket.Name, key));

        // Who may not list learns of no missing key.
        Assert.Equal("AccessDenied", refusal.ErrorCode);
        Assert.Contains(code == "NoSuchKey" ? "s3:ListBucket" : "s3:GetObject", refusal.Message, StringComparison.Ordinal);
    }
}
