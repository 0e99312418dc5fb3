using System.Security.Cryptography;
using Amazon.S3;
using Amazon.S3.Model;
using FairShare.Local.Tests.Hosting;
using FairShare.Local.Tests.S3;
using Xunit;

namespace FairShare.Local.Tests.Contract;

public sealed class S3Contract(Targets targets) : IClassFixture<Targets>
{
    private const int PartSize = 5 << 20;

    private static int buckets;

    [Theory, MemberData(nameof(Targets.All), MemberType = typeof(Targets))]
    public Task Object_WithChecksum_ShowsIt(string target) => HoldAsync(target, async (client, bucket) =>
    {
        var body = TestBucket.Octets(1000);
        await PutAsync(client, bucket, "k", body, TestBucket.Sha256(body));

        var head = await client.GetObjectMetadataAsync(new() { BucketName = bucket, Key = "k", ChecksumMode = ChecksumMode.ENABLED });

        Assert.Equal((TestBucket.Sha256(body), 1000), (head.ChecksumSHA256, head.ContentLength));
    });

    [Theory, MemberData(nameof(Targets.All), MemberType = typeof(Targets))]
    public Task Object_WithAnotherChecksum_IsRefused(string target) => HoldAsync(target, async (client, bucket) =>
    {
        var refusal = await Assert.ThrowsAsync<AmazonS3Exception>(() => PutAsync(client, bucket, "k", [1, 2, 3], TestBucket.Sha256([1])));

        Assert.Equal("BadDigest", refusal.ErrorCode);
    });

    [Theory, MemberData(nameof(Targets.All), MemberType = typeof(Targets))]
    public Task Object_InPart_IsSentInPart(string target) => HoldAsync(target, async (client, bucket) =>
    {
        await PutAsync(client, bucket, "k", "0123456789"u8.ToArray());

        using var answer = await client.GetObjectAsync(new() { BucketName = bucket, Key = "k", ByteRange = new ByteRange(3, 5) });
        using var reader = new StreamReader(answer.ResponseStream);

        Assert.Equal("345", await reader.ReadToEndAsync());
        Assert.Equal("bytes 3-5/10", answer.ContentRange);
    });

    [Theory, MemberData(nameof(Targets.All), MemberType = typeof(Targets))]
    public Task Versions_WithADeleteMarker_AreListed(string target) => HoldAsync(target, async (client, bucket) =>
    {
        await client.PutBucketVersioningAsync(new() { BucketName = bucket, VersioningConfig = new() { Status = VersionStatus.Enabled } });
        var first = (await PutAsync(client, bucket, "k", [1])).VersionId;
        await PutAsync(client, bucket, "k", [2]);
        await client.DeleteObjectAsync(bucket, "k");

        var versions = (await client.ListVersionsAsync(bucket)).Versions;
        using var old = await client.GetObjectAsync(bucket, "k", first);

        Assert.Equal(3, versions.Count);
        Assert.True(Assert.Single(versions, version => version.IsLatest == true).IsDeleteMarker);
        Assert.Equal(1, old.ResponseStream.ReadByte());
        await Assert.ThrowsAsync<NoSuchKeyException>(() => client.GetObjectAsync(bucket, "k"));
    });

    [Theory, MemberData(nameof(Targets.All), MemberType = typeof(Targets))]
    public Task Multipart_WithChecksums_HasACompositeOne(string target) => HoldAsync(target, async (client, bucket) =>
    {
        byte[][] parts = [TestBucket.Octets(PartSize), TestBucket.Octets(7)];
        var upload = await client.InitiateMultipartUploadAsync(new InitiateMultipartUploadRequest { BucketName = bucket, Key = "k", ChecksumAlgorithm = ChecksumAlgorithm.SHA256 });
        var tags = new List<PartETag>();
        foreach (var (number, part) in parts.Index())
        {
            var answer = await client.UploadPartAsync(new()
            {
                BucketName = bucket,
                Key = "k",
                UploadId = upload.UploadId,
                PartNumber = number + 1,
                InputStream = new MemoryStream(part),
                ChecksumSHA256 = TestBucket.Sha256(part),
            });
            tags.Add(new(number + 1, answer.ETag) { ChecksumSHA256 = TestBucket.Sha256(part) });
        }

        var done = await client.CompleteMultipartUploadAsync(new() { BucketName = bucket, Key = "k", UploadId = upload.UploadId, PartETags = tags });

        Assert.Equal(Convert.ToBase64String(SHA256.HashData(parts.SelectMany(SHA256.HashData).ToArray())) + "-2", done.ChecksumSHA256);
        Assert.EndsWith("-2\"", done.ETag, StringComparison.Ordinal);
    });

    [Theory, MemberData(nameof(Targets.All), MemberType = typeof(Targets))]
    public Task Multipart_WithASmallPart_IsRefused(string target) => HoldAsync(target, async (client, bucket) =>
    {
        var upload = await client.InitiateMultipartUploadAsync(bucket, "k");
        var tags = new List<PartETag>();
        for (var number = 1; number <= 2; number++)
        {
            var part = new UploadPartRequest { BucketName = bucket, Key = "k", UploadId = upload.UploadId, PartNumber = number, InputStream = new MemoryStream([1]) };
            tags.Add(new(number, (await client.UploadPartAsync(part)).ETag));
        }

        var refusal = await Assert.ThrowsAsync<AmazonS3Exception>(
            () => client.CompleteMultipartUploadAsync(new() { BucketName = bucket, Key = "k", UploadId = upload.UploadId, PartETags = tags }));

        Assert.Equal("EntityTooSmall", refusal.ErrorCode);
    });

    [Theory, MemberData(nameof(Targets.All), MemberType = typeof(Targets))]
    public Task List_WithADelimiter_RollsUp(string target) => HoldAsync(target, async (client, bucket) =>
    {
        foreach (var key in (string[])["a/1", "a/2", "b", "c/1"])
        {
            await PutAsync(client, bucket, key, [1]);
        }

        var answer = await client.ListObjectsV2Async(new() { BucketName = bucket, Delimiter = "/" });

        Assert.Equal(["b"], answer.S3Objects.Select(item => item.Key));
        Assert.Equal(["a/", "c/"], answer.CommonPrefixes);
    });

    [Theory, MemberData(nameof(Targets.All), MemberType = typeof(Targets))]
    public Task PresignedUrl_ForAnotherKey_IsRefused(string target) => HoldAsync(target, async (client, bucket) =>
    {
        await PutAsync(client, bucket, "k", [1]);
        await PutAsync(client, bucket, "l", [1]);
        var url = client.GetPreSignedURL(new() { BucketName = bucket, Key = "k", Expires = DateTime.UtcNow.AddMinutes(1), Protocol = Amazon.S3.Protocol.HTTP });
        using var http = new HttpClient();

        using var right = await http.GetAsync(new Uri(url));
        using var wrong = await http.GetAsync(new Uri(url.Replace("/k?", "/l?", StringComparison.Ordinal)));

        Assert.Equal((200, 403), ((int)right.StatusCode, (int)wrong.StatusCode));
    });

    [Theory, MemberData(nameof(Targets.All), MemberType = typeof(Targets))]
    public Task Bucket_WithObjects_IsNotDeleted(string target) => HoldAsync(target, async (client, bucket) =>
    {
        await PutAsync(client, bucket, "k", [1]);

        var refusal = await Assert.ThrowsAsync<AmazonS3Exception>(() => client.DeleteBucketAsync(bucket));

        Assert.Equal("BucketNotEmpty", refusal.ErrorCode);
        await client.DeleteObjectAsync(bucket, "k");
        await client.DeleteBucketAsync(bucket);
    });

    private static Task<PutObjectResponse> PutAsync(AmazonS3Client client, string bucket, string key, byte[] body, string? sha256 = null) =>
        client.PutObjectAsync(new() { BucketName = bucket, Key = key, InputStream = new MemoryStream(body), ChecksumSHA256 = sha256 });

    private Task HoldAsync(string target, Func<AmazonS3Client, string, Task> contract, [System.Runtime.CompilerServices.CallerMemberName] string name = "") =>
        targets.HoldAsync(
            target,
            async () =>
            {
                using var client = new AmazonS3Client(SdkHost.Root, targets.Configure(target, new AmazonS3Config { ForcePathStyle = true }));
                var bucket = $"bucket-{Interlocked.Increment(ref buckets)}";
                await client.PutBucketAsync(bucket);
                await contract(client, bucket);
            },
            name);
}
