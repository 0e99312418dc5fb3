using System.Net.Sockets;
using System.Text;
using System.Text.Json.Nodes;
using TemplateHost.Testing;
using TemplateHost.Tests.DynamoDb;
using TemplateHost.Tests.S3;
using TemplateHost.Tests.Support;
using Xunit;

namespace TemplateHost.Tests.Gateway;

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

        var refusal = await Assert.ThrowsAsync<AwsCallException>(() =>
            host.CallAsync("dynamodb", operation, (JsonObject)JsonNode.Parse(body)!)
        );

        Assert.Equal(400, refusal.Status);
        Assert.Contains(refusal.Code, (string[])["SerializationException", "ValidationException"]);
    }

    [Fact]
    public async Task Body_CutShort_IsRefusedAndKeepsNothing()
    {
        await using var host = await SdkHost.StartAsync(TestBucket.Template);
        using var request = new HttpRequestMessage(HttpMethod.Put, host.Host.AwsUrl + "/documents/k")
        {
            Content = new ByteArrayContent(new byte[100]),
        };
        await host.Signer.SignAsync(request, "s3");

        var answer = await SendCutAsync(new Uri(host.Host.AwsUrl), request, declared: 100, sent: 10);

        // Whoever hangs up in the middle may get the refusal, or only the closed connection; never a success.
        Assert.DoesNotContain("HTTP/1.1 200", answer, StringComparison.Ordinal);
        using var bucket = new Amazon.S3.AmazonS3Client(host.Root, host.Configure(new Amazon.S3.AmazonS3Config { ForcePathStyle = true }));
        Assert.Empty((await bucket.ListVersionsAsync(TestBucket.Name)).Versions ?? []);
    }

    [Fact]
    public async Task Body_WhoseConnectionBreaks_KeepsNothingAndIsNoFaultOfTheHost()
    {
        await using var host = await SdkHost.StartAsync(TestBucket.Template);
        for (var attempt = 0; attempt < 20; attempt++)
        {
            using var request = new HttpRequestMessage(HttpMethod.Put, host.Host.AwsUrl + "/documents/k")
            {
                Content = new ByteArrayContent(new byte[100]),
            };
            await host.Signer.SignAsync(request, "s3");
            using var client = await ConnectAsync(new Uri(host.Host.AwsUrl), request, declared: 100, sent: 10);
            await Task.Delay(attempt);
            // Closing so resets the connection in place of ending it.
            client.LingerState = new LingerOption(true, 0);
        }

        using var bucket = new Amazon.S3.AmazonS3Client(host.Root, host.Configure(new Amazon.S3.AmazonS3Config { ForcePathStyle = true }));
        Assert.Empty((await bucket.ListVersionsAsync(TestBucket.Name)).Versions ?? []);
    }

    [Theory]
    [InlineData("json", "SerializationException")]
    [InlineData("query", "MalformedInput")]
    [InlineData("rest-json", "SerializationException")]
    [InlineData("rest-xml", "IncompleteBody")]
    public async Task Body_CutShort_IsRefusedInTheFamilysWordsAndIsNoFaultOfTheHost(string family, string code)
    {
        await using var host = await TestHost.StartAsync(TestBucket.Template);
        var (service, request) =
            family == "rest-xml"
                ? ("s3", new HttpRequestMessage(HttpMethod.Put, host.Host.AwsUrl + "/documents/k"))
                : Families.Of(family, host.Host.AwsUrl);
        await host.SignerFor(null).SignAsync(request, service);
        request.Content = new BrokenContent(request.Content?.Headers.ContentType);

        using var answer = await host.Client.SendAsync(request);

        Assert.Equal((400, code), ((int)answer.StatusCode, await Families.CodeOfAsync(answer)));
        request.Dispose();
        Assert.Empty(host.Faults);
    }

    [Theory]
    [InlineData("""{"TableName":"\ud800","Key":{}}""")]
    [InlineData("""{"TableName":"things","\udc00":{}}""")]
    [InlineData("""{"TableName":"things","TableName":"others","Key":{}}""")]
    [InlineData("""{"TableName":"things","Key":{"a":{"S":"1"},"a":{"S":"2"}}}""")]
    public async Task Body_NoTextOrAMemberTwice_IsRefusedAndIsNoFaultOfTheHost(string body)
    {
        await using var host = await TestHost.StartAsync(SdkHost.EmptyTemplate);
        using var request = new HttpRequestMessage(HttpMethod.Post, host.Host.AwsUrl + "/")
        {
            Content = new StringContent(body, Encoding.UTF8, "application/x-amz-json-1.0"),
        };
        request.Headers.Add("X-Amz-Target", "DynamoDB_20120810.GetItem");
        await host.SignerFor(null).SignAsync(request, "dynamodb");

        using var answer = await host.Client.SendAsync(request);

        Assert.Equal((400, "SerializationException"), ((int)answer.StatusCode, await Families.CodeOfAsync(answer)));
        Assert.Empty(host.Faults);
    }

    [Fact]
    public async Task Form_WithoutAnAction_IsRefused()
    {
        await using var host = await TestHost.StartAsync(SdkHost.EmptyTemplate);
        using var request = Families.Form(host.Host.AwsUrl, "%%%");
        await host.SignerFor(null).SignAsync(request, "iam");

        using var answer = await host.Client.SendAsync(request);

        Assert.Equal((400, "MissingAction"), ((int)answer.StatusCode, await Families.CodeOfAsync(answer)));
    }

    [Fact]
    public async Task Body_BeyondTheLimit_IsRefused()
    {
        await using var host = await TestHost.StartAsync(TestTable.Template);

        var refusal = await Assert.ThrowsAsync<AwsCallException>(() =>
            host.CallAsync("dynamodb", "PutItem", new() { ["TableName"] = new string('x', 17 << 20) })
        );

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
        using var client = await ConnectAsync(address, request, declared, sent);
        using var reader = new StreamReader(client.GetStream());
        client.Client.Shutdown(SocketShutdown.Send);
        try
        {
            return await reader.ReadToEndAsync();
        }
        catch (IOException)
        {
            return "";
        }
    }

    private static async Task<TcpClient> ConnectAsync(Uri address, HttpRequestMessage request, int declared, int sent)
    {
        var client = new TcpClient();
        await client.ConnectAsync(address.Host, address.Port);
        var head = new StringBuilder(
            $"{request.Method} {request.RequestUri!.PathAndQuery} HTTP/1.1\r\nHost: {address.Authority}\r\nContent-Length: {declared}\r\n"
        );
        foreach (var (name, values) in request.Headers.Concat(request.Content!.Headers.Where(header => header.Key == "Content-Type")))
        {
            head.Append(name).Append(": ").AppendJoin(',', values).Append("\r\n");
        }

        var stream = client.GetStream();
        await stream.WriteAsync(Encoding.ASCII.GetBytes(head.Append("\r\n").ToString()));
        await stream.WriteAsync(new byte[sent]);
        return client;
    }
}
