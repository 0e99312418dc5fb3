using System.Diagnostics;
using System.Text.Json.Nodes;

namespace FairShare.Local.Tests.Contract;

/// <summary>The AWS CLI, where it is installed.</summary>
internal sealed class AwsCli(string endpoint)
{
    public static string? Program => ProgramFinder.Find("aws");

    /// <summary>Runs a command and reads its JSON; an error is its exit code and its message.</summary>
    public async Task<(int ExitCode, JsonNode? Output, string Error)> RunAsync(params string[] arguments)
    {
        var start = new ProcessStartInfo(Program!, ["--endpoint-url", endpoint, "--output", "json", .. arguments])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment["AWS_ACCESS_KEY_ID"] = "root";
        start.Environment["AWS_SECRET_ACCESS_KEY"] = "root";
        start.Environment["AWS_DEFAULT_REGION"] = "us-east-1";
        start.Environment["AWS_MAX_ATTEMPTS"] = "1";
        start.Environment.Remove("AWS_PROFILE");
        start.Environment.Remove("AWS_ENDPOINT_URL");
        using var process = Process.Start(start)!;
        var (output, error) = (process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        await process.WaitForExitAsync();
        var text = await output;
        return (process.ExitCode, text.TrimStart().StartsWith('{') ? JsonNode.Parse(text) : null, await error);
    }
}
