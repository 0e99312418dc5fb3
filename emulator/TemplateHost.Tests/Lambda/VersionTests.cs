using System.Collections.Concurrent;
using System.Text;
using System.Text.Json.Nodes;
using TemplateHost.Kernel;
using TemplateHost.Tests.Support;
using Xunit;
using static TemplateHost.Tests.Lambda.Invocations;

namespace TemplateHost.Tests.Lambda;

/// <summary>Versions of functions and their aliases: what they run, whom they let in, how calls are shared out.</summary>
public sealed class VersionTests
{
    private const string Alias = """
        "Live": { "Type": "AWS::Lambda::Alias", "Properties": { "FunctionName": { "Ref": "Echo" }, "Name": "live",
          "FunctionVersion": { "Fn::GetAtt": ["One", "Version"] } MORE } }
        """;

    private readonly ConcurrentQueue<string> served = [];

    [Fact]
    public async Task Alias_AfterTheFunctionHasChanged_RunsWhatWasPublished()
    {
        await using var host = await StartAsync("first", "One", "");
        await UpdateAsync(host, "second", "One", "");
        Assert.Equal("first 1", await CallAsync(host, "Echo:live"));
        Assert.Equal("first 1", await CallAsync(host, "Echo:1"));
        Assert.Equal("second $LATEST", await CallAsync(host, "Echo"));
        Assert.Equal(404, (await InvokeAsync(host, "Echo%3Anone", "{}")).Status);
    }

    [Fact]
    public async Task Alias_WithASecondVersion_SharesCallsOut()
    {
        await using var host = await StartAsync("first", "One", "");
        const string Weights = """
            , "RoutingConfig": { "AdditionalVersionWeights": [ { "FunctionVersion": "1", "FunctionWeight": 0.5 } ] }
            """;
        await UpdateAsync(host, "second", "Two", Weights);
        for (var call = 0; call < 60; call++)
        {
            await CallAsync(host, "Echo:live");
        }

        // Of sixty even draws all the same way: once in five hundred quadrillion runs.
        Assert.Equal(["first 1", "second 2"], served.Distinct().Order(StringComparer.Ordinal));
        await UpdateAsync(host, "second", "Two", "");
        served.Clear();
        for (var call = 0; call < 10; call++)
        {
            await CallAsync(host, "Echo:live");
        }

        Assert.Equal(["second 2"], served.Distinct());
    }

    private Task<TestHost> StartAsync(string name, string version, string more) =>
        TestHost.StartAsync(TestHost.Template(Resources(name, version, more)), factory: Start);

    private static Task<IReadOnlyDictionary<string, string>> UpdateAsync(TestHost host, string name, string version, string more) =>
        host.Host.DeployBesideAsync("Stack", TestHost.Template(Resources(name, version, more)), new Dictionary<string, string>());

    private static string Resources(string name, string version, string more) =>
        ShellFunctions.Resource("Echo").Replace("\"NAME\": \"n\"", $"\"NAME\": \"{name}\"", StringComparison.Ordinal)
        + $$"""
            , "{{version}}": { "Type": "AWS::Lambda::Version", "DeletionPolicy": "Retain",
              "Properties": { "FunctionName": { "Ref": "Echo" } } },
            """
        + Alias.Replace("One", version, StringComparison.Ordinal).Replace("MORE", more, StringComparison.Ordinal);

    private static async Task<string> CallAsync(TestHost host, string function)
    {
        var answer = await InvokeAsync(host, Uri.EscapeDataString(function), "{}");
        return answer.Body["name"]?.GetValue<string>() ?? throw new InvalidOperationException(answer.Body.ToJsonString());
    }

    private FunctionHandler Start(FunctionStart start)
    {
        var name = $"{start.Environment["NAME"]} {start.Environment["AWS_LAMBDA_FUNCTION_VERSION"]}";
        return (_, _) =>
        {
            served.Enqueue(name);
            return Task.FromResult<Stream>(new MemoryStream(Encoding.UTF8.GetBytes(new JsonObject { ["name"] = name }.ToJsonString())));
        };
    }
}
