using System.Diagnostics;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using FairShare.Local.Hosting;

namespace FairShare.Local.Tests.Contracts;

/// <summary>Calls by the AWS CLI: its parsers decide whether an answer is one of the service.</summary>
internal sealed partial class CliTarget(string program, EmbeddedHost host) : IContractTarget
{
    public string RoleArn => host.Outputs["WorkflowRoleArn"];

    public async Task<ContractAnswer> CallAsync(string service, string operation, JsonObject input)
    {
        var start = new ProcessStartInfo(
            program,
            [
                service == "states" ? "stepfunctions" : service, Words().Replace(operation, "-$1").TrimStart('-').ToLowerInvariant(),
                "--cli-input-json", input.ToJsonString(), "--endpoint-url", host.AwsUrl, "--output", "json",
            ])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        (start.Environment["AWS_ACCESS_KEY_ID"], start.Environment["AWS_SECRET_ACCESS_KEY"]) = EmbeddedHost.RootCredentials;
        start.Environment["AWS_REGION"] = start.Environment["AWS_DEFAULT_REGION"] = "us-east-1";
        start.Environment["AWS_PAGER"] = "";
        using var process = Process.Start(start)!;
        var (output, error) = (process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        await process.WaitForExitAsync();
        return process.ExitCode == 0
            ? new ContractAnswer(null, (await output).Trim() is { Length: > 0 } text ? JsonNode.Parse(text)!.AsObject() : [])
            : new ContractAnswer(Code().Match(await error) is { Success: true } match ? match.Groups[1].Value : await error, []);
    }

    public ValueTask DisposeAsync() => host.DisposeAsync();

    [GeneratedRegex("([A-Z][a-z]+)")]
    private static partial Regex Words();

    [GeneratedRegex(@"An error occurred \(([^)]+)\)")]
    private static partial Regex Code();
}
