using System.Text.Json.Nodes;
using TemplateHost.Hosting;
using TemplateHost.Tests.Contract.Targets;
using TemplateHost.Tests.Support;
using Xunit;

namespace TemplateHost.Tests.Lambda;

/// <summary>
/// Functions of the template by the AWS CLI, whose parsers decide whether an answer is Lambda's:
/// https://docs.aws.amazon.com/lambda/latest/api/API_Invoke.html.
/// </summary>
public sealed class LambdaCliTests : IAsyncLifetime
{
    private readonly ShellFunctions functions = new();
    private EmbeddedHost host = null!;
    private AwsCli cli = null!;

    public async ValueTask InitializeAsync()
    {
        Assert.SkipWhen(AwsCli.Program is null, "The AWS CLI is not installed here.");
        host = await EmbeddedHost.StartAsync(
            new EmbeddedHostOptions { FunctionsDirectory = functions.Location },
            TestHost.Template($"{ShellFunctions.Resource("Echo")},{ShellFunctions.Resource("Fail")}")
        );
        cli = await AwsCli.StartAsync();
    }

    public async ValueTask DisposeAsync()
    {
        cli?.Dispose();
        if (host is not null)
        {
            await host.DisposeAsync();
        }

        functions.Dispose();
    }

    [Fact]
    public async Task Functions_AreListedAndDescribed()
    {
        var listed = await RunAsync("list-functions");
        Assert.Equal(["Echo", "Fail"], listed.Json!["Functions"]!.AsArray().Select(function => function!["FunctionName"]!.ToString()));
        var function = (await RunAsync("get-function", "--function-name", "Echo")).Json!["Configuration"]!;
        Assert.Equal(
            ("Echo", "provided.al2023", 3, "Active"),
            (
                function["Handler"]!.ToString(),
                function["Runtime"]!.ToString(),
                function["Timeout"]!.GetValue<int>(),
                function["State"]!.ToString()
            )
        );
        Assert.Contains(
            "(ResourceNotFoundException)",
            (await RunAsync("get-function", "--function-name", "none")).Error,
            StringComparison.Ordinal
        );
        Assert.Contains(
            "(ResourceNotFoundException)",
            (await RunAsync("get-policy", "--function-name", "Echo")).Error,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task Invoke_AnswersByItsType()
    {
        var (answer, payload) = await InvokeAsync("Echo", "RequestResponse", """{"n":1}""");
        Assert.Equal(
            (200, "$LATEST", 1),
            (
                answer["StatusCode"]!.GetValue<int>(),
                answer["ExecutedVersion"]!.ToString(),
                JsonNode.Parse(payload)!["event"]!["n"]!.GetValue<int>()
            )
        );
        Assert.Equal(202, (await InvokeAsync("Echo", "Event", "{}")).Answer["StatusCode"]!.GetValue<int>());
        Assert.Equal(204, (await InvokeAsync("Echo", "DryRun", "{}")).Answer["StatusCode"]!.GetValue<int>());
    }

    [Fact]
    public async Task Invoke_OfAFunctionThatFails_TellsItsError()
    {
        var (answer, payload) = await InvokeAsync("Fail", "RequestResponse", "{}");
        Assert.Equal((200, "Unhandled"), (answer["StatusCode"]!.GetValue<int>(), answer["FunctionError"]!.ToString()));
        Assert.Equal(
            ("DocumentLost", "gone"),
            (JsonNode.Parse(payload)!["errorType"]!.ToString(), JsonNode.Parse(payload)!["errorMessage"]!.ToString())
        );
    }

    [Theory]
    [InlineData("not json", "RequestResponse", "InvalidRequestContentException")]
    [InlineData("large", "Event", "RequestTooLargeException")]
    public async Task Payload_ThatIsNone_IsRefused(string payload, string type, string code)
    {
        var text = payload == "large" ? $"\"{new string('a', (1 << 20) + 1)}\"" : payload;
        Assert.Contains($"({code})", (await InvokeRawAsync("Echo", type, text)).Error, StringComparison.Ordinal);
    }

    private Task<CliOutcome> RunAsync(params string[] arguments) => cli.RunAsync(host, ["lambda", .. arguments]);

    private async Task<(JsonObject Answer, string Payload)> InvokeAsync(string function, string type, string payload)
    {
        var outcome = await InvokeRawAsync(function, type, payload);
        return (
            outcome.Json ?? throw new InvalidOperationException(outcome.Error),
            await File.ReadAllTextAsync(Path.Combine(cli.Files, "answer"))
        );
    }

    private async Task<CliOutcome> InvokeRawAsync(string function, string type, string payload)
    {
        var file = Path.Combine(cli.Files, "payload");
        await File.WriteAllTextAsync(file, payload);
        return await RunAsync(
            "invoke",
            "--function-name",
            function,
            "--invocation-type",
            type,
            "--payload",
            $"fileb://{file}",
            Path.Combine(cli.Files, "answer")
        );
    }
}
