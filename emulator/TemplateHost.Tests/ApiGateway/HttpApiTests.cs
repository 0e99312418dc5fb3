using System.Net.Http.Headers;
using System.Text.Json.Nodes;
using TemplateHost.Tests.Cognito;
using TemplateHost.Tests.Lambda;
using TemplateHost.Tests.Support;
using Xunit;

namespace TemplateHost.Tests.ApiGateway;

public sealed class HttpApiTests
{
    [Fact]
    public async Task Request_WithToken_ReachesTheFunctionAsPayloadTwo()
    {
        using var functions = new ShellFunctions();
        await using var host = await StartAsync(functions);
        var token = await TokenAsync(host);
        using var request = Request(host, HttpMethod.Post, "/exchanges/a%20b/receipt?x=1&x=2&y=", token);
        request.Content = new StringContent("""{"n":1}""", MediaTypeHeaderValue.Parse("application/json"));
        request.Headers.Add("Cookie", "a=1; b=2");
        using var response = await host.Client.SendAsync(request);
        var seen = JsonNode.Parse(await response.Content.ReadAsStringAsync())!["event"]!;
        Assert.Equal("POST /exchanges/{exchangeId}/receipt", seen["routeKey"]!.GetValue<string>());
        Assert.Equal(
            ("a b", "1,2", ""),
            (
                seen["pathParameters"]!["exchangeId"]!.ToString(),
                seen["queryStringParameters"]!["x"]!.ToString(),
                seen["queryStringParameters"]!["y"]!.ToString()
            )
        );
        Assert.Equal(("""{"n":1}""", false), (seen["body"]!.GetValue<string>(), seen["isBase64Encoded"]!.GetValue<bool>()));
        Assert.Equal("""["a=1","b=2"]""", seen["cookies"]!.ToJsonString());
        Assert.Equal(
            Parties.ClaimsOf(token)["sub"]!.ToString(),
            seen["requestContext"]!["authorizer"]!["jwt"]!["claims"]!["sub"]!.ToString()
        );
    }

    [Fact]
    public async Task Answer_WithCookiesAndBinaryBody_IsUnwrapped()
    {
        using var functions = new ShellFunctions();
        await using var host = await StartAsync(functions);
        using var response = await host.Client.SendAsync(Request(host, HttpMethod.Get, "/public", null));
        Assert.Equal(201, (int)response.StatusCode);
        Assert.Equal(["a=b", "c=d"], response.Headers.GetValues("Set-Cookie"));
        Assert.Equal([0, 1, 2], await response.Content.ReadAsByteArrayAsync());
    }

    [Theory]
    [InlineData(null)]
    [InlineData("not.a.token")]
    [InlineData("tampered")]
    [InlineData("eyJhbGciOiJSUzI1NiIsImtpZCI6IoAifQ.e30.AAAA")]
    [InlineData("eyJhbGciOiJSUzI1NiIsImFsZyI6IlJTMjU2Iiwia2lkIjoiYSJ9.e30.AAAA")]
    public async Task Request_WithoutGoodToken_IsUnauthorized(string? token)
    {
        using var functions = new ShellFunctions();
        await using var host = await StartAsync(functions);
        var given = token == "tampered" ? (await TokenAsync(host))[..^4] + "AAAA" : token;
        using var response = await host.Client.SendAsync(Request(host, HttpMethod.Post, "/exchanges/1/receipt", given));
        Assert.Equal((401, """{"message":"Unauthorized"}"""), ((int)response.StatusCode, await response.Content.ReadAsStringAsync()));
    }

    [Fact]
    public async Task Request_WithExpiredToken_IsUnauthorized()
    {
        using var functions = new ShellFunctions();
        await using var host = await StartAsync(functions);
        var token = await TokenAsync(host);
        host.Time.Advance(TimeSpan.FromMinutes(60));
        using var response = await host.Client.SendAsync(Request(host, HttpMethod.Post, "/exchanges/1/receipt", token));
        Assert.Equal(401, (int)response.StatusCode);
    }

    [Fact]
    public async Task Request_ForNoRoute_IsNotFound()
    {
        using var functions = new ShellFunctions();
        await using var host = await StartAsync(functions);
        using var response = await host.Client.SendAsync(Request(host, HttpMethod.Get, "/exchanges/1/receipt", null));
        Assert.Equal((404, """{"message":"Not Found"}"""), ((int)response.StatusCode, await response.Content.ReadAsStringAsync()));
    }

    [Fact]
    public async Task Request_WhereTheFunctionDoesNotPermitIt_IsAnError()
    {
        using var functions = new ShellFunctions();
        await using var host = await StartAsync(functions, permission: "");
        using var response = await host.Client.SendAsync(Request(host, HttpMethod.Get, "/public", null));
        Assert.Equal(
            (500, """{"message":"Internal Server Error"}"""),
            ((int)response.StatusCode, await response.Content.ReadAsStringAsync())
        );
    }

    [Fact]
    public async Task Preflight_IsAnsweredByTheApi()
    {
        using var functions = new ShellFunctions();
        await using var host = await StartAsync(functions);
        using var request = Request(host, HttpMethod.Options, "/public", null);
        request.Headers.Add("Origin", "https://example.com");
        request.Headers.Add("Access-Control-Request-Method", "GET");
        using var response = await host.Client.SendAsync(request);
        Assert.Equal((204, "*"), ((int)response.StatusCode, response.Headers.GetValues("access-control-allow-origin").Single()));
    }

    private static HttpRequestMessage Request(TestHost host, HttpMethod method, string path, string? token)
    {
        var request = new HttpRequestMessage(method, host.Host.ApiUrl + path);
        if (token is not null)
        {
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
        }

        return request;
    }

    private static async Task<string> TokenAsync(TestHost host)
    {
        var parties = new Parties(host);
        await parties.RegisterAsync("alice");
        return (await parties.SignInAsync("alice"))["AccessToken"]!.GetValue<string>();
    }

    private static Task<TestHost> StartAsync(ShellFunctions functions, string permission = ApiTemplate.Permission) =>
        TestHost.StartAsync(
            TestHost.Template(
                string.Join(',', Parties.Resources, ShellFunctions.Resource("Echo"), ShellFunctions.Resource("Answer"), ApiTemplate.Api)
                    + permission
            ),
            functions: functions.Location
        );
}
