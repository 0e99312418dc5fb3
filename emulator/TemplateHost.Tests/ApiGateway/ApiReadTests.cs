using System.Text.Json.Nodes;
using TemplateHost.Hosting;
using TemplateHost.Tests.Cognito;
using TemplateHost.Tests.Contract.Targets;
using TemplateHost.Tests.Lambda;
using TemplateHost.Tests.Support;
using Xunit;

namespace TemplateHost.Tests.ApiGateway;

/// <summary>The template's API as the AWS CLI's apigatewayv2 commands show it.</summary>
public sealed class ApiReadTests
{
    private static string Template =>
        TestHost.Template(
            string.Join(",\n", ShellFunctions.Resource("Echo"), ShellFunctions.Resource("Answer"), Parties.Resources, ApiTemplate.Api)
        );

    [Fact]
    public async Task Cli_ShowsTheApiAndItsParts()
    {
        Assert.SkipWhen(AwsCli.Program is null, "The AWS CLI is not installed here.");
        using var functions = new ShellFunctions();
        await using var host = await EmbeddedHost.StartAsync(new EmbeddedHostOptions { FunctionsDirectory = functions.Location }, Template);
        using var cli = await AwsCli.StartAsync();
        async Task<JsonObject> ReadAsync(params string[] arguments) => (await cli.RunAsync(host, ["apigatewayv2", .. arguments])).Json!;

        var api = Assert.Single((await ReadAsync("get-apis"))["Items"]!.AsArray())!;
        Assert.Equal(
            ("api", "HTTP", host.ApiUrl),
            (api["Name"]!.ToString(), api["ProtocolType"]!.ToString(), api["ApiEndpoint"]!.ToString())
        );
        var id = api["ApiId"]!.ToString();
        Assert.Equal("api", (await ReadAsync("get-api", "--api-id", id))["Name"]!.ToString());
        var routes = (await ReadAsync("get-routes", "--api-id", id))["Items"]!.AsArray();
        Assert.Equal(
            ["GET /public", "POST /exchanges/{exchangeId}/receipt"],
            routes.Select(route => route!["RouteKey"]!.ToString()).Order(StringComparer.Ordinal)
        );
        var guarded = routes.Single(route => route!["AuthorizationType"]!.ToString() == "JWT")!;
        var authorizer = await ReadAsync("get-authorizer", "--api-id", id, "--authorizer-id", guarded["AuthorizerId"]!.ToString());
        Assert.Equal(("users", "JWT"), (authorizer["Name"]!.ToString(), authorizer["AuthorizerType"]!.ToString()));
        Assert.Equal(2, (await ReadAsync("get-integrations", "--api-id", id))["Items"]!.AsArray().Count);
        Assert.Equal(
            "$default",
            Assert.Single((await ReadAsync("get-stages", "--api-id", id))["Items"]!.AsArray())!["StageName"]!.ToString()
        );
        var missing = await cli.RunAsync(host, "apigatewayv2", "get-api", "--api-id", "none");
        Assert.Contains("(NotFoundException)", missing.Error, StringComparison.Ordinal);
    }
}
