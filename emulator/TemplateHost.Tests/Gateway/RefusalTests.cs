using System.Text.Json.Nodes;
using TemplateHost.Testing;
using TemplateHost.Tests.Support;
using Xunit;

namespace TemplateHost.Tests.Gateway;

/// <summary>A request that nobody is proven to have sent: each family of services refuses it in its own words, and does nothing.</summary>
public sealed class RefusalTests : IAsyncLifetime
{
    private TestHost host = null!;

    private string KeyId => host.Host.RootCredentials.AccessKeyId;

    private string Secret => host.Host.RootCredentials.SecretAccessKey;

    public async ValueTask InitializeAsync() => host = await TestHost.StartAsync();

    public ValueTask DisposeAsync() => host.DisposeAsync();

    [Theory]
    [InlineData("json", 400, "MissingAuthenticationTokenException")]
    [InlineData("query", 403, "MissingAuthenticationToken")]
    [InlineData("rest-json", 403, "MissingAuthenticationTokenException")]
    [InlineData("rest-xml", 403, "AccessDenied")]
    public Task Unsigned_IsRefused(string family, int status, string code) =>
        ExpectAsync(family, status, code, (_, _) => Task.CompletedTask);

    [Theory]
    [InlineData("json", 400, "InvalidSignatureException")]
    [InlineData("query", 403, "SignatureDoesNotMatch")]
    [InlineData("rest-json", 403, "InvalidSignatureException")]
    [InlineData("rest-xml", 403, "SignatureDoesNotMatch")]
    public Task SignedWithAnotherSecret_IsRefused(string family, int status, string code) =>
        ExpectAsync(family, status, code, (request, service) => SignerOf(KeyId, "wrong", host.Time).SignAsync(request, service));

    [Theory]
    [InlineData("json", 400, "UnrecognizedClientException")]
    [InlineData("query", 403, "InvalidClientTokenId")]
    [InlineData("rest-json", 403, "UnrecognizedClientException")]
    [InlineData("rest-xml", 403, "InvalidAccessKeyId")]
    public Task SignedByNobody_IsRefused(string family, int status, string code) =>
        ExpectAsync(family, status, code, (request, service) => SignerOf("AKIANOBODY", Secret, host.Time).SignAsync(request, service));

    [Theory]
    [InlineData("json", 400, "ExpiredTokenException")]
    [InlineData("query", 403, "ExpiredToken")]
    [InlineData("rest-json", 403, "ExpiredTokenException")]
    [InlineData("rest-xml", 400, "ExpiredToken")]
    public Task SignedInAnExpiredSession_IsRefused(string family, int status, string code) =>
        ExpectAsync(
            family,
            status,
            code,
            (request, service) =>
            {
                var signer = host.SignerFor("WorkflowRole");
                host.Time.Advance(TimeSpan.FromHours(13));
                return signer.SignAsync(request, service);
            }
        );

    [Theory]
    [InlineData("json", 6, 400, "InvalidSignatureException")]
    [InlineData("json", -6, 400, "InvalidSignatureException")]
    [InlineData("query", 6, 403, "SignatureDoesNotMatch")]
    [InlineData("query", -6, 403, "SignatureDoesNotMatch")]
    [InlineData("rest-json", 6, 403, "InvalidSignatureException")]
    [InlineData("rest-xml", 16, 403, "RequestTimeTooSkewed")]
    [InlineData("rest-xml", -16, 403, "RequestTimeTooSkewed")]
    public Task SignedOnAnotherClock_IsRefused(string family, int minutes, int status, string code) =>
        ExpectAsync(
            family,
            status,
            code,
            (request, service) =>
            {
                var clock = new ManualTime();
                clock.Advance(host.Time.GetUtcNow() - clock.GetUtcNow() + TimeSpan.FromMinutes(minutes));
                return SignerOf(KeyId, Secret, clock).SignAsync(request, service);
            }
        );

    [Theory]
    [InlineData("json", 400, "InvalidSignatureException")]
    [InlineData("query, of a region", 403, "SignatureDoesNotMatch")]
    [InlineData("rest-json", 403, "InvalidSignatureException")]
    [InlineData("rest-xml", 400, "AuthorizationHeaderMalformed")]
    public Task SignedForAnotherRegion_IsRefused(string family, int status, string code) =>
        ExpectAsync(family, status, code, (request, service) => host.SignerFor(null).SignAsync(request, service, "eu-west-1"));

    [Theory]
    [InlineData("json", "kms", 400, "InvalidSignatureException")]
    [InlineData("query", "sts", 400, "InvalidAction")]
    [InlineData("rest-json", "iam", 400, "MissingAction")]
    [InlineData("rest-xml", "kms", 400, "MissingAction")]
    public Task SignedForAnotherService_IsRefused(string family, string service, int status, string code) =>
        ExpectAsync(family, status, code, (request, _) => host.SignerFor(null).SignAsync(request, service));

    [Theory]
    [InlineData("json", 400, "IncompleteSignatureException")]
    [InlineData("query", 400, "IncompleteSignature")]
    [InlineData("rest-json", 403, "IncompleteSignatureException")]
    [InlineData("rest-xml", 400, "AuthorizationHeaderMalformed")]
    public Task SignatureThatCannotBeRead_IsRefused(string family, int status, string code) =>
        ExpectAsync(
            family,
            status,
            code,
            (request, _) =>
            {
                request.Headers.TryAddWithoutValidation("Authorization", "AWS4-HMAC-SHA256 Credential=nobody, SignedHeaders=host");
                return Task.CompletedTask;
            }
        );

    [Theory]
    [InlineData("json")]
    [InlineData("query")]
    [InlineData("rest-xml")]
    public async Task SignedRight_IsServed(string family)
    {
        var (service, request) = Families.Of(family, host.Host.AwsUrl);
        await host.SignerFor(null).SignAsync(request, service);

        using var answer = await host.Client.SendAsync(request);

        Assert.True(answer.IsSuccessStatusCode, await answer.Content.ReadAsStringAsync());
        request.Dispose();
        Assert.NotEqual(Nothing, await StateAsync());
    }

    private static RequestSigner SignerOf(string keyId, string secret, TimeProvider time) => new(keyId, secret, null, time);

    private const string Nothing = "[] WorkflowRole [] Stack";

    private async Task ExpectAsync(string family, int status, string code, Func<HttpRequestMessage, string, Task> sign)
    {
        var (service, request) = Families.Of(family, host.Host.AwsUrl);
        await sign(request, service);

        using var answer = await host.Client.SendAsync(request);

        Assert.Equal((status, code), ((int)answer.StatusCode, await Families.CodeOfAsync(answer)));
        request.Dispose();
        Assert.Equal(Nothing, await StateAsync());
    }

    /// <summary>The account's tables, roles, buckets and stacks.</summary>
    private async Task<string> StateAsync()
    {
        var tables = (await host.CallAsync("dynamodb", "ListTables", []))["TableNames"] as JsonArray ?? [];
        var client = QueryClient.Of(host);
        var roles = (await client.CallAsync("iam", "ListRoles"))
            .Descendants("RoleName")
            .Select(name => name.Value.Contains("WorkflowRole", StringComparison.Ordinal) ? "WorkflowRole" : name.Value);
        var stacks = (await client.CallAsync("cloudformation", "DescribeStacks")).Descendants("StackName").Select(name => name.Value);
        using var request = new HttpRequestMessage(HttpMethod.Get, host.Host.AwsUrl + "/");
        await host.SignerFor(null).SignAsync(request, "s3");
        using var listed = await host.Client.SendAsync(request);
        var buckets = System
            .Xml.Linq.XElement.Parse(await listed.Content.ReadAsStringAsync())
            .Descendants()
            .Count(element => element.Name.LocalName == "Bucket");
        return $"{tables.ToJsonString()} {string.Join(',', roles)} [{(buckets == 0 ? "" : buckets)}] {string.Join(',', stacks)}";
    }
}
