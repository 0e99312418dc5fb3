using System.Net;
using TemplateHost.Tests.Support;
using Xunit;

namespace TemplateHost.Tests.Cognito;

/// <summary>What a page of another origin may do with a user pool: what AWS lets anybody do, and nothing else.</summary>
public sealed class PoolPagesTests : IAsyncLifetime
{
    private const string Page = "https://page.example";

    private TestHost host = null!;

    public async ValueTask InitializeAsync() => host = await TestHost.StartAsync(TestHost.Template(Parties.Resources));

    public ValueTask DisposeAsync() => host.DisposeAsync();

    [Fact]
    public async Task Preflight_OfATarget_IsAllowed()
    {
        using var request = new HttpRequestMessage(HttpMethod.Options, host.Host.AwsUrl + "/");
        request.Headers.Add("Origin", Page);
        request.Headers.Add("Access-Control-Request-Method", "POST");
        request.Headers.Add("Access-Control-Request-Headers", "content-type,x-amz-target");

        using var answer = await host.Client.SendAsync(request, TestContext.Current.CancellationToken);

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Equal("*", answer.Headers.GetValues("Access-Control-Allow-Origin").Single());
        Assert.Contains("x-amz-target", answer.Headers.GetValues("Access-Control-Allow-Headers").Single(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task RefusalOfAnUnsignedCall_FromAPage_CanBeRead()
    {
        using var answer = await CallAsync("InitiateAuth");

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.Equal("*", answer.Headers.GetValues("Access-Control-Allow-Origin").Single());
    }

    [Fact]
    public async Task SignedCall_FromAPage_IsRefused()
    {
        using var answer = await CallAsync("ListUsers");

        Assert.Equal(HttpStatusCode.Forbidden, answer.StatusCode);
    }

    private Task<HttpResponseMessage> CallAsync(string operation)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, host.Host.AwsUrl + "/") { Content = new StringContent("{}") };
        request.Headers.Add("Origin", Page);
        request.Headers.Add("X-Amz-Target", "AWSCognitoIdentityProviderService." + operation);
        return host.Client.SendAsync(request, TestContext.Current.CancellationToken);
    }
}
