using System.Net;
using System.Security.Cryptography;
using Amazon.S3;
using Amazon.S3.Model;
using Xunit;

namespace TemplateHost.Tests.S3;

public sealed class MultipartTests
{
    private const int PartSize = 5 << 20;

    [Fact]
    public async Task Complete_WithChecksums_KeepsTheCompositeOne()
    {
        await using var bucket = await TestBucket.StartAsync();
        byte[][] parts = [TestBucket.Octets(PartSize), TestBucket.Octets(PartSize + 1), TestBucket.Octets(10)];
        var uploadId = await BeginAsync(bucket);
        var tags = await UploadAsync(bucket, uploadId, parts);

        var done = await bucket.Client.CompleteMultipartUploadAsync(
            new()
            {
                BucketName = TestBucket.Name,
                Key = "k",
                UploadId = uploadId,
                PartETags = tags,
            }
        );

        var expected = Convert.ToBase64String(SHA256.HashData(parts.SelectMany(SHA256.HashData).ToArray())) + "-3";
        Assert.Equal(expected, done.ChecksumSHA256);
        Assert.Equal(parts.SelectMany(part => part), await bucket.GetAsync("k", done.VersionId));
        var attributes = await bucket.Client.GetObjectAttributesAsync(
            new()
            {
                BucketName = TestBucket.Name,
                Key = "k",
                ObjectAttributes = [ObjectAttributes.Checksum, ObjectAttributes.ObjectParts, ObjectAttributes.ObjectSize],
            }
        );
        Assert.Equal(expected, attributes.Checksum.ChecksumSHA256);
        Assert.Equal(3, attributes.ObjectParts.TotalPartsCount);
        Assert.Equal((2L * PartSize) + 11, attributes.ObjectSize);
    }

    [Fact]
    public async Task Get_RangeOverParts_JoinsThem()
    {
        await using var bucket = await TestBucket.StartAsync();
        byte[][] parts = [TestBucket.Octets(PartSize), TestBucket.Octets(100)];
        var uploadId = await BeginAsync(bucket);
        await bucket.Client.CompleteMultipartUploadAsync(
            new()
            {
                BucketName = TestBucket.Name,
                Key = "k",
                UploadId = uploadId,
                PartETags = await UploadAsync(bucket, uploadId, parts),
            }
        );

        using var answer = await bucket.Client.GetObjectAsync(
            new()
            {
                BucketName = TestBucket.Name,
                Key = "k",
                ByteRange = new ByteRange(PartSize - 3, PartSize + 2),
            }
        );
        using var body = new MemoryStream();
        await answer.ResponseStream.CopyToAsync(body);

        Assert.Equal(parts[0][^3..].Concat(parts[1][..3]), body.ToArray());
    }

    [Fact]
    public async Task Complete_WithSmallPart_IsRefused()
    {
        await using var bucket = await TestBucket.StartAsync();
        var uploadId = await BeginAsync(bucket);
        var tags = await UploadAsync(bucket, uploadId, [TestBucket.Octets(10), TestBucket.Octets(10)]);

        var refusal = await Assert.ThrowsAsync<AmazonS3Exception>(() =>
            bucket.Client.CompleteMultipartUploadAsync(
                new()
                {
                    BucketName = TestBucket.Name,
                    Key = "k",
                    UploadId = uploadId,
                    PartETags = tags,
                }
            )
        );

        Assert.Equal("EntityTooSmall", refusal.ErrorCode);
    }

    [Fact]
    public async Task Complete_WithAnotherChecksum_IsRefused()
    {
        await using var bucket = await TestBucket.StartAsync();
        var uploadId = await BeginAsync(bucket);
        var tags = await UploadAsync(bucket, uploadId, [TestBucket.Octets(10)]);
        tags[0].ChecksumSHA256 = TestBucket.Sha256([9]);

        var refusal = await Assert.ThrowsAsync<AmazonS3Exception>(() =>
            bucket.Client.CompleteMultipartUploadAsync(
                new()
                {
                    BucketName = TestBucket.Name,
                    Key = "k",
                    UploadId = uploadId,
                    PartETags = tags,
                }
            )
        );

        Assert.Equal("InvalidPart", refusal.ErrorCode);
    }

    [Fact]
    public async Task Abort_ThenAnything_FindsNoUpload()
    {
        await using var bucket = await TestBucket.StartAsync();
        var uploadId = await BeginAsync(bucket);
        await UploadAsync(bucket, uploadId, [TestBucket.Octets(10)]);

        await bucket.Client.AbortMultipartUploadAsync(TestBucket.Name, "k", uploadId);

        var refusal = await Assert.ThrowsAsync<AmazonS3Exception>(() => bucket.Client.ListPartsAsync(TestBucket.Name, "k", uploadId));
        Assert.Equal("NoSuchUpload", refusal.ErrorCode);
    }

    [Fact]
    public async Task Complete_IfNoneMatchOfAnExistingKey_IsRefusedAndKeepsTheUpload()
    {
        await using var bucket = await TestBucket.StartAsync();
        var uploadId = await BeginAsync(bucket);
        var tags = await UploadAsync(bucket, uploadId, [TestBucket.Octets(10)]);
        var completion = new CompleteMultipartUploadRequest
        {
            BucketName = TestBucket.Name,
            Key = "k",
            UploadId = uploadId,
            PartETags = tags,
            IfNoneMatch = "*",
        };
        var first = await bucket.PutAsync("k", [1]);

        var refusal = await Assert.ThrowsAsync<AmazonS3Exception>(() => bucket.Client.CompleteMultipartUploadAsync(completion));

        Assert.Equal(("PreconditionFailed", HttpStatusCode.PreconditionFailed), (refusal.ErrorCode, refusal.StatusCode));
        var kept = (await bucket.Client.ListVersionsAsync(TestBucket.Name)).Versions;
        Assert.Equal([first.VersionId], kept.Select(version => version.VersionId));
        await bucket.Client.DeleteObjectAsync(
            new()
            {
                BucketName = TestBucket.Name,
                Key = "k",
                VersionId = first.VersionId,
            }
        );
        await bucket.Client.CompleteMultipartUploadAsync(completion);
        Assert.Equal(TestBucket.Octets(10), await bucket.GetAsync("k"));
    }

    [Fact]
    public async Task Attributes_OfAVersionInParts_PageThroughThem()
    {
        await using var bucket = await TestBucket.StartAsync();
        byte[][] parts = [TestBucket.Octets(PartSize + 1), TestBucket.Octets(PartSize), TestBucket.Octets(10)];
        var uploadId = await BeginAsync(bucket);
        var done = await bucket.Client.CompleteMultipartUploadAsync(
            new()
            {
                BucketName = TestBucket.Name,
                Key = "k",
                UploadId = uploadId,
                PartETags = await UploadAsync(bucket, uploadId, parts),
            }
        );
        await bucket.PutAsync("k", [1]);

        var first = await PartsAsync(bucket, done.VersionId, after: null);
        var second = await PartsAsync(bucket, done.VersionId, after: first.NextPartNumberMarker);

        Assert.Equal((3, 2, true, 2), (first.TotalPartsCount, first.MaxParts, first.IsTruncated, first.NextPartNumberMarker));
        Assert.Equal((3, 2, false, 2), (second.TotalPartsCount, second.MaxParts, second.IsTruncated, second.PartNumberMarker));
        Assert.Equal(
            parts.Select((part, index) => (index + 1, part.LongLength, TestBucket.Sha256(part))),
            first.Parts.Concat(second.Parts).Select(part => (part.PartNumber!.Value, part.Size!.Value, part.ChecksumSHA256))
        );
    }

    private static async Task<GetObjectAttributesParts> PartsAsync(TestBucket bucket, string version, int? after) =>
        (
            await bucket.Client.GetObjectAttributesAsync(
                new()
                {
                    BucketName = TestBucket.Name,
                    Key = "k",
                    VersionId = version,
                    MaxParts = 2,
                    PartNumberMarker = after,
                    ObjectAttributes = [ObjectAttributes.ObjectParts],
                }
            )
        ).ObjectParts;

    private static async Task<string> BeginAsync(TestBucket bucket) =>
        (
            await bucket.Client.InitiateMultipartUploadAsync(
                new InitiateMultipartUploadRequest
                {
                    BucketName = TestBucket.Name,
                    Key = "k",
                    ChecksumAlgorithm = ChecksumAlgorithm.SHA256,
                }
            )
        ).UploadId;

    private static async Task<List<PartETag>> UploadAsync(TestBucket bucket, string uploadId, byte[][] parts)
    {
        var tags = new List<PartETag>();
        for (var number = 1; number <= parts.Length; number++)
        {
            var part = parts[number - 1];
            var answer = await bucket.Client.UploadPartAsync(
                new()
                {
                    BucketName = TestBucket.Name,
                    Key = "k",
                    UploadId = uploadId,
                    PartNumber = number,
                    InputStream = new MemoryStream(part),
                    ChecksumSHA256 = TestBucket.Sha256(part),
                }
            );
            tags.Add(new PartETag(number, answer.ETag) { ChecksumSHA256 = answer.ChecksumSHA256 });
        }

        return tags;
    }
}
