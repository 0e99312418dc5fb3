using System.Diagnostics;
using System.Text.Json;
using System.Text.Json.Nodes;
using TemplateHost.Hosting;

namespace TemplateHost.Tests.Contract.Targets;

/// <summary>The AWS CLI, where it is installed: kept running where its own Python can be found, else started for each command.</summary>
internal sealed class AwsCli : IDisposable
{
    private readonly DirectoryInfo directory = Directory.CreateTempSubdirectory("template-host-cli-");
    private readonly SemaphoreSlim turn = new(1);
    private Process? driver;

    public static string? Program => ProgramFinder.Find("aws");

    /// <summary>A directory for files that commands read and write.</summary>
    public string Files => directory.FullName;

    private string CredentialsFile => Path.Combine(Files, "credentials");

    public static async Task<AwsCli> StartAsync()
    {
        var cli = new AwsCli();
        var configuration = Path.Combine(cli.Files, "config");
        await File.WriteAllTextAsync(configuration, "[default]\nparameter_validation = false\ns3 =\n  signature_version = s3v4\n");
        foreach (var python in Interpreters())
        {
            cli.driver = Process.Start(
                cli.Prepare(python, ["-u", Path.Combine(AppContext.BaseDirectory, "Contract", "Targets", "aws_cli_driver.py")])
            )!;
            if (await cli.driver.StandardOutput.ReadLineAsync() == "ready")
            {
                return cli;
            }

            cli.driver.Dispose();
            cli.driver = null;
        }

        return cli;
    }

    /// <summary>Runs a command against a host, as its administrator.</summary>
    public async Task<CliOutcome> RunAsync(EmbeddedHost host, params string[] arguments)
    {
        string[] all = ["--endpoint-url", host.AwsUrl, "--output", "json", "--no-paginate", .. arguments];
        await turn.WaitAsync();
        try
        {
            var (id, secret) = host.RootCredentials;
            await File.WriteAllTextAsync(CredentialsFile, $"[default]\naws_access_key_id = {id}\naws_secret_access_key = {secret}\n");
            return driver is null ? await RunAloneAsync(all) : await RunInDriverAsync(driver, all);
        }
        finally
        {
            turn.Release();
        }
    }

    public void Dispose()
    {
        driver?.Kill(entireProcessTree: true);
        driver?.Dispose();
        turn.Dispose();
        directory.Delete(recursive: true);
    }

    private static async Task<CliOutcome> RunInDriverAsync(Process driver, string[] arguments)
    {
        await driver.StandardInput.WriteLineAsync(JsonSerializer.Serialize(arguments));
        await driver.StandardInput.FlushAsync();
        var answer = await driver.StandardOutput.ReadLineAsync() ?? throw new IOException("The AWS CLI's process ended.");
        return JsonSerializer.Deserialize<CliOutcome>(answer, JsonSerializerOptions.Web)!;
    }

    private async Task<CliOutcome> RunAloneAsync(string[] arguments)
    {
        using var process = Process.Start(Prepare(Program!, arguments))!;
        var (output, error) = (process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        await process.WaitForExitAsync();
        return new CliOutcome(process.ExitCode, await output, await error, null);
    }

    /// <summary>The CLI's own interpreter stands in its first line; behind a shim it is the one on the path.</summary>
    private static IEnumerable<string> Interpreters() =>
        new[] { File.ReadLines(Program!).First().TrimStart('#', '!', ' ') }
            .Where(line => line.Contains("python", StringComparison.Ordinal) && File.Exists(line))
            .Concat(ProgramFinder.Find("python3") is { } python ? [python] : []);

    private ProcessStartInfo Prepare(string program, string[] arguments)
    {
        var start = new ProcessStartInfo(program, arguments)
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment["AWS_DEFAULT_REGION"] = "us-east-1";
        start.Environment["AWS_MAX_ATTEMPTS"] = "1";
        start.Environment["AWS_PAGER"] = "";
        start.Environment["AWS_CONFIG_FILE"] = Path.Combine(Files, "config");
        start.Environment["AWS_SHARED_CREDENTIALS_FILE"] = CredentialsFile;
        start.Environment.Remove("AWS_ACCESS_KEY_ID");
        start.Environment.Remove("AWS_SECRET_ACCESS_KEY");
        start.Environment.Remove("AWS_SESSION_TOKEN");
        start.Environment.Remove("AWS_PROFILE");
        start.Environment.Remove("AWS_ENDPOINT_URL");
        return start;
    }
}

/// <param name="ExitCode">0 where the command was carried out.</param>
/// <param name="Output">What the command printed.</param>
/// <param name="Error">What it printed to standard error.</param>
/// <param name="Refusal">The members of a refusal, where the CLI's process shows them.</param>
internal sealed record CliOutcome(int ExitCode, string Output, string Error, JsonObject? Refusal)
{
    public JsonObject? Json => Output.TrimStart().StartsWith('{') ? JsonNode.Parse(Output)!.AsObject() : null;
}
