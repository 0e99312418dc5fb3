using Amazon.DynamoDBv2;
using Amazon.Runtime;
using Amazon.S3;
using TemplateHost.Hosting;
using TemplateHost.Testing;
using TemplateHost.Tests.DynamoDb;
using TemplateHost.Tests.S3;
using Xunit;

namespace TemplateHost.Tests.Gateway;

public sealed class InProcessTests
{
    [Fact]
    public async Task SdkClient_WithoutSockets_ReachesDynamoDb()
    {
        await using var host = await SdkHost.StartAsync(TestTable.Template, new EmbeddedHostOptions { Listen = false });
        var config = host.Configure(new AmazonDynamoDBConfig { HttpClientFactory = new InProcess(host.Host) });
        using var client = new AmazonDynamoDBClient(host.Root, config);

        await client.PutItemAsync(TestTable.Name, TestTable.Key("a"));

        Assert.Equal("a", (await client.GetItemAsync(TestTable.Name, TestTable.Key("a"))).Item["pk"].S);
    }

    [Fact]
    public async Task SdkClient_WithoutSockets_StreamsObjects()
    {
        await using var host = await SdkHost.StartAsync(TestBucket.Template, new EmbeddedHostOptions { Listen = false });
        var config = host.Configure(new AmazonS3Config { HttpClientFactory = new InProcess(host.Host), ForcePathStyle = true });
        using var client = new AmazonS3Client(host.Root, config);
        var body = TestBucket.Octets(3 << 20);

        await client.PutObjectAsync(
            new()
            {
                BucketName = TestBucket.Name,
                Key = "a b",
                InputStream = new MemoryStream(body),
            }
        );
        using var answer = await client.GetObjectAsync(TestBucket.Name, "a b");
        using var read = new MemoryStream();
        await answer.ResponseStream.CopyToAsync(read);

        Assert.Equal(body, read.ToArray());
    }

    private sealed class InProcess(EmbeddedHost host) : HttpClientFactory
    {
        public override HttpClient CreateHttpClient(IClientConfig clientConfig) => new(host.CreateHandler());
    }
}
