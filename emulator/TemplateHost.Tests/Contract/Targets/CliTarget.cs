using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using TemplateHost.Hosting;

namespace TemplateHost.Tests.Contract.Targets;

/// <summary>Calls by the AWS CLI.</summary>
internal sealed partial class CliTarget(AwsCli cli, EmbeddedHost host) : IContractTarget
{
    private static readonly Dictionary<string, string> Commands = new()
    {
        ["states"] = "stepfunctions",
        ["s3"] = "s3api",
        ["streams.dynamodb"] = "dynamodbstreams",
    };

    public string RoleArn => host.Outputs["WorkflowRoleArn"];

    public async Task<ContractAnswer> CallAsync(string service, string operation, JsonObject input)
    {
        var outcome = await cli.RunAsync(
            host,
            [Commands.GetValueOrDefault(service, service), Kebab(operation), .. await ArgumentsAsync(service, operation, input)]
        );
        if (outcome.ExitCode != 0)
        {
            return ReadRefusal(outcome);
        }

        var answer = outcome.Json ?? [];
        if (IsDownload(service, operation))
        {
            answer["Body"] = Convert.ToBase64String(await File.ReadAllBytesAsync(PathOf("download")));
        }

        return new ContractAnswer(null, answer);
    }

    public async Task<Uri> PresignAsync(string bucket, string key) =>
        new((await cli.RunAsync(host, "s3", "presign", $"s3://{bucket}/{key}", "--expires-in", "60")).Output.Trim());

    public ValueTask DisposeAsync() => host.DisposeAsync();

    private static bool IsDownload(string service, string operation) => (service, operation) == ("s3", "GetObject");

    private static ContractAnswer ReadRefusal(CliOutcome outcome)
    {
        var match = Refusal().Match(outcome.Error);
        var (code, message) = match.Success ? (match.Groups[1].Value, match.Groups[2].Value) : (outcome.Error, outcome.Error);
        var members = outcome.Refusal ?? [];
        // The names of this object are compared without case.
        members.Remove("message");
        members["Message"] = message.Trim();
        return new ContractAnswer(code, members);
    }

    /// <summary>Bodies of objects go and come as files; a command with a file to write takes no JSON.</summary>
    private async Task<string[]> ArgumentsAsync(string service, string operation, JsonObject input)
    {
        if (IsDownload(service, operation))
        {
            return [.. input.SelectMany(member => (string[])[$"--{Kebab(member.Key)}", member.Value!.ToString()]), PathOf("download")];
        }

        var members = input.DeepClone().AsObject();
        if (service == "s3" && members["Body"] is { } body)
        {
            await File.WriteAllBytesAsync(PathOf("upload"), Convert.FromBase64String(body.ToString()));
            members.Remove("Body");
            return ["--body", PathOf("upload"), "--cli-input-json", members.ToJsonString()];
        }

        return ["--cli-input-json", await ArgumentAsync(members.ToJsonString())];
    }

    /// <summary>An argument of a process has a limit that a file has not.</summary>
    private async Task<string> ArgumentAsync(string json)
    {
        if (json.Length < 100_000)
        {
            return json;
        }

        await File.WriteAllTextAsync(PathOf("input"), json);
        return $"file://{PathOf("input")}";
    }

    private static string Kebab(string name) => WordStart().Replace(name, "-").ToLowerInvariant();

    private string PathOf(string name) => Path.Combine(cli.Files, name);

    [GeneratedRegex("(?<=[a-z0-9])(?=[A-Z])")]
    private static partial Regex WordStart();

    [GeneratedRegex(@"An error occurred \(([^)]+)\) when calling the \w+ operation[^:]*: (.*)", RegexOptions.Singleline)]
    private static partial Regex Refusal();
}
