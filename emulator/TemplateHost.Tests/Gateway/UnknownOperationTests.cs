using System.Text.Json.Nodes;
using TemplateHost.Tests.Support;
using Xunit;

namespace TemplateHost.Tests.Gateway;

/// <summary>An operation that is not served is refused by its name, under the code of its service.</summary>
public sealed class UnknownOperationTests
{
    [Theory]
    [InlineData("sqs", "UnsupportedOperation")]
    [InlineData("states", "UnknownOperationException")]
    [InlineData("events", "UnknownOperationException")]
    [InlineData("cognito-idp", "InvalidAction")]
    public async Task Operation_Unknown_IsRefusedByName(string service, string code)
    {
        await using var host = await TestHost.StartAsync();
        var refused = await Assert.ThrowsAsync<AwsCallException>(() => host.CallAsync(service, "MakeCoffee", []));
        Assert.Equal(code, refused.Code.Split('#')[^1]);
        Assert.Contains("MakeCoffee", refused.Message, StringComparison.Ordinal);
        Assert.Empty(host.Faults);
    }

    [Theory]
    [InlineData("lambda", "/2015-03-31/coffee")]
    [InlineData("apigateway", "/v2/coffee")]
    public async Task Path_Unknown_IsRefusedByName(string service, string path)
    {
        await using var host = await TestHost.StartAsync();
        using var request = new HttpRequestMessage(HttpMethod.Get, host.Host.AwsUrl + path);
        await host.SignerFor(null).SignAsync(request, service);
        using var answer = await host.Client.SendAsync(request);
        Assert.Equal("UnknownOperationException", Assert.Single(answer.Headers.GetValues("x-amzn-ErrorType")));
        Assert.Contains(path, JsonNode.Parse(await answer.Content.ReadAsStringAsync())!["message"]!.ToString(), StringComparison.Ordinal);
    }
}
