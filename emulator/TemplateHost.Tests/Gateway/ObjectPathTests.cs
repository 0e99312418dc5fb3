using Amazon.S3;
using TemplateHost.Testing;
using TemplateHost.Tests.S3;
using Xunit;

namespace TemplateHost.Tests.Gateway;

/// <summary>S3 takes a path as it is: no slash of a key is normalised away, neither for the signature nor for the name.</summary>
/// <remarks>
/// By signed HTTP: to a path-style address the SDK for .NET itself sends one slash less than it signs when a key begins with one.
/// </remarks>
public sealed class ObjectPathTests
{
    [Theory]
    [InlineData("/x")]
    [InlineData("//x")]
    [InlineData("a//b/")]
    public async Task Key_WithSlashesAnywhere_IsSignedAndKept(string key)
    {
        await using var host = await SdkHost.StartAsync(TestBucket.Template);
        using var http = new HttpClient();
        var address = $"{host.Host.AwsUrl}/{TestBucket.Name}/{key}";
        using var put = new HttpRequestMessage(HttpMethod.Put, address) { Content = new StringContent("body") };
        using var get = new HttpRequestMessage(HttpMethod.Get, address);
        var signer = host.Signer;
        await signer.SignAsync(put, "s3");
        await signer.SignAsync(get, "s3");

        using var kept = await http.SendAsync(put);
        using var got = await http.SendAsync(get);

        Assert.Equal("body", await got.Content.ReadAsStringAsync());
        using var client = new AmazonS3Client(host.Root, host.Configure(new AmazonS3Config { ForcePathStyle = true }));
        Assert.Equal(key, Assert.Single((await client.ListObjectsV2Async(new() { BucketName = TestBucket.Name })).S3Objects).Key);
    }
}
