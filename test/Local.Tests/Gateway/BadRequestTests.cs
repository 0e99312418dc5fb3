using System.Net.Sockets;
using System.Text;
using System.Text.Json.Nodes;
using FairShare.Local.Tests.DynamoDb;
using FairShare.Local.Tests.Hosting;
using FairShare.Local.Tests.S3;
using FairShare.Local.Tests.Support;
using Xunit;

namespace FairShare.Local.Tests.Gateway;

public sealed class BadRequestTests
{
    [Theory]
    [InlineData("""{"TableName":"things","Limit":"many"}""", "Scan")]
    [InlineData("""{"TableName":"things","Key":[]}""", "GetItem")]
    [InlineData("""{"TableName":"things","Item":{"pk":{"S":5}}}""", "PutItem")]
    [InlineData("""{"TableName":"things","Item":{"pk":{"B":"%"}}}""", "PutItem")]
    [InlineData("""{"TransactItems":{"Put":1}}""", "TransactWriteItems")]
    public async Task Body_WithAMemberOfAnotherType_IsRefusedAndNoFault(string body, string operation)
    {
        await using var host = await TestHost.StartAsync(TestTable.Template);

        var refusal = await Assert.ThrowsAsync<AwsCallException>(() => host.CallAsync("dynamodb", operation, (JsonObject)JsonNode.Parse(body)!));

        Assert.Equal(400, refusal.Status);
        Assert.Contains(refusal.Code, (string[])["SerializationException", "ValidationException"]);
    }

    [Fact]
    public async Task Body_CutShort_IsRefusedAndKeepsNothing()
    {
        await using var host = await SdkHost.StartAsync(TestBucket.Template);
        using var request = new HttpRequestMessage(HttpMethod.Put, host.Host.AwsUrl + "/documents/k") { Content = new ByteArrayContent(new byte[100]) };
        await new RequestSigner("root", "root", null, TimeProvider.System).SignAsync(request, "s3");

        var answer = await SendCutAsync(new Uri(host.Host.AwsUrl), request, declared: 100, sent: 10);

        // Whoever hangs up in the middle may get the refusal, or only the closed connection; never a success.
        Assert.DoesNotContain("HTTP/1.1 200", answer, StringComparison.Ordinal);
        using var bucket = new Amazon.S3.AmazonS3Client(SdkHost.Root, host.Configure(new Amazon.S3.AmazonS3Config { ForcePathStyle = true }));
        Assert.Empty((await bucket.ListVersionsAsync(TestBucket.Name)).Versions ?? []);
    }

    [Fact]
    public async Task Body_BeyondTheLimit_IsRefused()
    {
        await using var host = await TestHost.StartAsync(TestTable.Template);

        var refusal = await Assert.ThrowsAsync<AwsCallException>(
            () => host.CallAsync("dynamodb", "PutItem", new() { ["TableName"] = new string('x', 17 << 20) }));

        Assert.Equal((413, "RequestEntityTooLarge"), (refusal.Status, refusal.Code));
    }

    [Fact]
    public async Task Service_ThatTheHostLacks_IsRefusedByName()
    {
        await using var host = await TestHost.StartAsync(SdkHost.EmptyTemplate);
        using var request = new HttpRequestMessage(HttpMethod.Post, host.Host.AwsUrl + "/") { Content = new StringContent("{}") };
        await host.SignerFor(null).SignAsync(request, "ecs");

        using var answer = await host.Client.SendAsync(request);

        Assert.Equal("UnknownOperationException", answer.Headers.GetValues("x-amzn-ErrorType").Single());
        Assert.Contains("The service ecs is not served", await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    private static async Task<string> SendCutAsync(Uri address, HttpRequestMessage request, int declared, int sent)
    {
        using var client = new TcpClient();
        await client.ConnectAsync(address.Host, address.Port);
        var head = new StringBuilder($"{request.Method} {request.RequestUri!.PathAndQuery} HTTP/1.1\r\nHost: {address.Authority}\r\nContent-Length: {declared}\r\n");
        foreach (var (name, values) in request.Headers)
        {
            head.Append(name).Append(": ").AppendJoin(',', values).Append("\r\n");
        }

        var stream = client.GetStream();
        await stream.WriteAsync(Encoding.ASCII.GetBytes(head.Append("\r\n").ToString()));
        await stream.WriteAsync(new byte[sent]);
        client.Client.Shutdown(SocketShutdown.Send);
        using var reader = new StreamReader(stream);
        try
        {
            return await reader.ReadToEndAsync();
        }
        catch (IOException)
        {
            return "";
        }
    }
}
