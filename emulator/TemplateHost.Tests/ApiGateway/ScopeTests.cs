using System.Net.Http.Headers;
using TemplateHost.Tests.Cognito;
using TemplateHost.Tests.Lambda;
using TemplateHost.Tests.Support;
using Xunit;

namespace TemplateHost.Tests.ApiGateway;

/// <summary>Scopes of routes: https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-jwt-authorizer.html.</summary>
public sealed class ScopeTests
{
    [Theory]
    [InlineData("aws.cognito.signin.user.admin", 200)]
    [InlineData("documents/read", 403)]
    public async Task Token_WithoutTheRoutesScope_IsForbidden(string scope, int status)
    {
        using var functions = new ShellFunctions();
        var guarded = ApiTemplate.Api.Replace(
            "\"AuthorizationType\": \"JWT\",",
            $"\"AuthorizationType\": \"JWT\", \"AuthorizationScopes\": [\"{scope}\"],",
            StringComparison.Ordinal
        );
        await using var host = await TestHost.StartAsync(
            TestHost.Template(
                string.Join(',', Parties.Resources, ShellFunctions.Resource("Echo"), ShellFunctions.Resource("Answer"), guarded)
                    + ApiTemplate.Permission
            ),
            functions: functions.Location
        );
        var parties = new Parties(host);
        await parties.RegisterAsync("alice");
        using var request = new HttpRequestMessage(HttpMethod.Post, host.Host.ApiUrl + "/exchanges/1/receipt");
        request.Headers.Authorization = new AuthenticationHeaderValue(
            "Bearer",
            (await parties.SignInAsync("alice"))["AccessToken"]!.ToString()
        );
        using var answer = await host.Client.SendAsync(request);
        Assert.Equal(status, (int)answer.StatusCode);
        if (status == 403)
        {
            Assert.Equal("""{"message":"Forbidden"}""", await answer.Content.ReadAsStringAsync());
        }
    }
}
