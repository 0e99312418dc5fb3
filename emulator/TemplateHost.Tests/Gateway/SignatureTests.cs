using Amazon.DynamoDBv2;
using Amazon.Runtime;
using TemplateHost.Hosting;
using TemplateHost.Testing;
using TemplateHost.Tests.Support;
using Xunit;

namespace TemplateHost.Tests.Gateway;

public sealed class SignatureTests
{
    [Theory]
    [InlineData(null, "wrong", "InvalidSignatureException")]
    [InlineData("AKIANOBODY", null, "UnrecognizedClientException")]
    [InlineData("root", "root", "UnrecognizedClientException")]
    public async Task Call_WithWrongKeys_IsRefused(string? accessKey, string? secret, string code)
    {
        await using var host = await SdkHost.StartAsync();
        var (id, key) = host.Host.RootCredentials;
        using var client = Client(host, new BasicAWSCredentials(accessKey ?? id, secret ?? key));

        var refusal = await Assert.ThrowsAnyAsync<AmazonDynamoDBException>(() => client.ListTablesAsync());

        Assert.Equal(code, refusal.ErrorCode);
    }

    [Fact]
    public async Task Call_WithForeignSessionToken_IsRefused()
    {
        await using var host = await SdkHost.StartAsync(Role);
        await using var other = await SdkHost.StartAsync(Role);
        using var client = Client(host, SdkHost.Of(other.Host.CredentialsFor("Role")));

        var refusal = await Assert.ThrowsAnyAsync<AmazonDynamoDBException>(() => client.ListTablesAsync());

        Assert.Equal("UnrecognizedClientException", refusal.ErrorCode);
    }

    [Fact]
    public async Task Call_ForAnotherRegion_IsRefused()
    {
        await using var host = await SdkHost.StartAsync();
        var config = host.Configure(new AmazonDynamoDBConfig());
        config.AuthenticationRegion = "eu-west-1";
        using var client = new AmazonDynamoDBClient(host.Root, config);

        var refusal = await Assert.ThrowsAnyAsync<AmazonDynamoDBException>(() => client.ListTablesAsync());

        Assert.Equal(("InvalidSignatureException", "Credential should be scoped to a valid region."), (refusal.ErrorCode, refusal.Message));
    }

    [Theory]
    [InlineData(-6)]
    [InlineData(6)]
    public async Task Call_OnAnotherClock_IsRefused(int minutes)
    {
        var time = new ManualTime();
        time.Advance(DateTimeOffset.UtcNow.AddMinutes(minutes) - time.GetUtcNow());
        await using var host = await SdkHost.StartAsync(options: new EmbeddedHostOptions { Time = time, CallerTime = time });
        using var client = Client(host, host.Root);

        var refusal = await Assert.ThrowsAnyAsync<AmazonDynamoDBException>(() => client.ListTablesAsync());

        Assert.Equal("InvalidSignatureException", refusal.ErrorCode);
        Assert.Contains(minutes > 0 ? "Signature expired" : "Signature not yet current", refusal.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("tampered", 400, "InvalidSignatureException")]
    [InlineData("unsigned", 400, "MissingAuthenticationTokenException")]
    [InlineData("wrong-service", 400, "InvalidSignatureException")]
    [InlineData("not-json", 400, "SerializationException")]
    [InlineData("unknown-operation", 400, "UnknownOperationException")]
    public async Task Request_ThatIsNotWhatItWas_IsRefused(string change, int status, string code)
    {
        await using var host = await TestHost.StartAsync(SdkHost.EmptyTemplate);
        using var request = new HttpRequestMessage(HttpMethod.Post, host.Host.AwsUrl + "/")
        {
            Content = new StringContent(change == "not-json" ? "{" : "{}"),
        };
        request.Headers.Add("X-Amz-Target", change == "unknown-operation" ? "DynamoDB_20120810.Fly" : "DynamoDB_20120810.ListTables");
        if (change != "unsigned")
        {
            await host.SignerFor(null).SignAsync(request, change == "wrong-service" ? "kms" : "dynamodb");
        }

        if (change == "tampered")
        {
            request.Content = new StringContent("{\"Limit\":1}");
        }

        using var answer = await host.Client.SendAsync(request);

        Assert.Equal(status, (int)answer.StatusCode);
        Assert.Equal(code, answer.Headers.GetValues("x-amzn-ErrorType").Single());
    }

    [Fact]
    public async Task Session_AfterItsExpiry_IsRefused()
    {
        await using var host = await TestHost.StartAsync(Role);
        var session = host.Host.CredentialsFor("Role");
        host.Time.Advance(TimeSpan.FromHours(13));
        using var request = new HttpRequestMessage(HttpMethod.Post, host.Host.AwsUrl + "/") { Content = new StringContent("{}") };
        request.Headers.Add("X-Amz-Target", "DynamoDB_20120810.ListTables");
        await new RequestSigner(session.AccessKeyId, session.SecretAccessKey, session.SessionToken, host.Time).SignAsync(
            request,
            "dynamodb"
        );

        using var answer = await host.Client.SendAsync(request);

        Assert.Equal("ExpiredTokenException", answer.Headers.GetValues("x-amzn-ErrorType").Single());
    }

    private const string Role = """
        { "Resources": { "Role": { "Type": "AWS::IAM::Role",
          "Properties": { "AssumeRolePolicyDocument": { "Statement": [ { "Effect": "Allow", "Action": "sts:AssumeRole",
          "Principal": { "Service": "lambda.amazonaws.com" } } ] } } } } }
        """;

    private static AmazonDynamoDBClient Client(SdkHost host, AWSCredentials credentials) =>
        new(credentials, host.Configure(new AmazonDynamoDBConfig()));
}
