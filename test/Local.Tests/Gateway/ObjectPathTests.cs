using Amazon.S3;
using FairShare.Local.Tests.Hosting;
using FairShare.Local.Tests.S3;
using Xunit;

namespace FairShare.Local.Tests.Gateway;

/// <summary>S3 takes a path as it is: no slash or dot of a key is normalised away, neither for the signature nor for the name.</summary>
public sealed class ObjectPathTests
{
    [Theory]
    [InlineData("/x")]
    [InlineData("//x")]
    [InlineData("a//b/")]
    [InlineData("a/./b")]
    [InlineData("x y+%2F")]
    public async Task Key_OfAnyForm_IsSignedAndKept(string key)
    {
        await using var host = await SdkHost.StartAsync(TestBucket.Template);
        using var client = new AmazonS3Client(SdkHost.Root, host.Configure(new AmazonS3Config { ForcePathStyle = true }));

        await client.PutObjectAsync(new() { BucketName = TestBucket.Name, Key = key, ContentBody = "body" });

        using var got = await client.GetObjectAsync(TestBucket.Name, key);
        using var reader = new StreamReader(got.ResponseStream);
        Assert.Equal("body", await reader.ReadToEndAsync());
        Assert.Equal(key, Assert.Single((await client.ListObjectsV2Async(new() { BucketName = TestBucket.Name })).S3Objects).Key);
    }
}
