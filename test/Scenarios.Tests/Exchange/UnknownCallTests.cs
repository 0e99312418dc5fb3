using System.Text.Json.Nodes;
using Xunit;

namespace FairShare.Scenarios.Tests.Exchange;

/// <summary>What no route takes is refused as everything else is, with and without a token.</summary>
public sealed class UnknownCallTests(ExchangeWorld world) : IClassFixture<ExchangeWorld>
{
    [Theory]
    [InlineData("POST", "/inbox", "GET")]
    [InlineData("PUT", "/documents", "GET, POST")]
    [InlineData("HEAD", "/documents/1/origin", "POST")]
    [InlineData("PATCH", "/keys/abc", "DELETE")]
    [InlineData("DELETE", "/log/tile/0/000", "GET")]
    public async Task Call_WithAMethodThatThePathDoesNotHave_IsToldWhichItHas(string method, string path, string allowed)
    {
        using var response = await SendAsync(method, path);

        Assert.Equal(405, (int)response.StatusCode);
        Assert.Equal(allowed, string.Join(", ", response.Content.Headers.Allow));
        Assert.Equal("application/problem+json", response.Content.Headers.ContentType?.MediaType);
    }

    [Theory]
    [InlineData("GET", "/")]
    [InlineData("GET", "/nothing")]
    [InlineData("GET", "/documents/")]
    [InlineData("POST", "/documents/1/origin/2")]
    [InlineData("GET", "/log/")]
    public async Task Call_OfAPathThatIsNone_IsAProblem(string method, string path)
    {
        using var response = await SendAsync(method, path);

        Assert.Equal(404, (int)response.StatusCode);
        var problem = JsonNode.Parse(await response.Content.ReadAsStringAsync())!;
        Assert.Equal("unknown-call", problem["code"]!.GetValue<string>());
        Assert.DoesNotContain(path.Length > 1 ? path : "//", problem.ToJsonString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Call_FromAnotherOrigin_IsAnsweredByThePreflight()
    {
        using var request = new HttpRequestMessage(HttpMethod.Options, world.Host.Embedded.ApiUrl + "/inbox");
        request.Headers.Add("origin", "https://example.com");
        request.Headers.Add("access-control-request-method", "GET");
        using var response = await world.Host.Http.SendAsync(request);

        Assert.Equal(204, (int)response.StatusCode);
    }

    private Task<HttpResponseMessage> SendAsync(string method, string path) =>
        world.Host.Http.SendAsync(new HttpRequestMessage(new HttpMethod(method), world.Host.Embedded.ApiUrl + path));
}
