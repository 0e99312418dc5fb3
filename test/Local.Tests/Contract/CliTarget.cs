using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using FairShare.Local.Hosting;

namespace FairShare.Local.Tests.Contract;

/// <summary>Calls by the AWS CLI.</summary>
internal sealed partial class CliTarget(EmbeddedHost host) : IContractTarget
{
    private readonly AwsCli cli = new(host.AwsUrl);

    public string RoleArn => host.Outputs["WorkflowRoleArn"];

    public async Task<ContractAnswer> CallAsync(string service, string operation, JsonObject input)
    {
        var command = Words().Replace(operation, "-$1").TrimStart('-').ToLowerInvariant();
        var (exitCode, output, error) = await cli.RunAsync(service == "states" ? "stepfunctions" : service, command, "--cli-input-json", input.ToJsonString());
        return exitCode == 0
            ? new ContractAnswer(null, output?.AsObject() ?? [])
            : new ContractAnswer(Code().Match(error) is { Success: true } match ? match.Groups[1].Value : error, []);
    }

    public ValueTask DisposeAsync() => host.DisposeAsync();

    [GeneratedRegex("([A-Z][a-z]+)")]
    private static partial Regex Words();

    [GeneratedRegex(@"An error occurred \(([^)]+)\)")]
    private static partial Regex Code();
}
