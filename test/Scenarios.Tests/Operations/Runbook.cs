using System.Diagnostics;
using System.Text.Json;
using FairShare.Testing;
using Xunit;

namespace FairShare.Scenarios.Tests.Operations;

/// <summary>A runbook, whose commands are run as they stand there, by the AWS CLI, against the host.</summary>
/// <param name="path">The runbook, from the root of the repository.</param>
internal sealed class Runbook(string path)
{
    // One interpreter for all commands of a runbook: the AWS CLI takes longer to start than to run.
    private const string Driver = """
        import json, os, shlex, sys
        import awscli.clidriver
        for line in json.load(sys.stdin):
            print("$", line, flush=True)
            code = awscli.clidriver.create_clidriver().main([*shlex.split(line)[1:], "--endpoint-url", os.environ["AWS_ENDPOINT_URL"]])
            if code:
                sys.exit(f"{code}: {line}")
        """;

    /// <summary>The root of the repository.</summary>
    public static string Root { get; } = RootOf(AppContext.BaseDirectory);

    /// <summary>Its text.</summary>
    public string Text => File.ReadAllText(Path.Combine(Root, path));

    /// <summary>The commands, in their order, with their names resolved.</summary>
    /// <exception cref="InvalidOperationException">A name that nobody knows.</exception>
    public IReadOnlyList<string> Commands(IReadOnlyDictionary<string, string> names) =>
        [
            .. Text.Split("```sh\n")
                .Skip(1)
                .SelectMany(block => block.Split("```")[0].Split('\n', StringSplitOptions.RemoveEmptyEntries))
                .Select(line => Resolve(line, names)),
        ];

    /// <summary>Runs all commands; each must succeed.</summary>
    /// <returns>What they printed.</returns>
    public async Task<string> WalkAsync(TestHost host, IReadOnlyDictionary<string, string> names)
    {
        Assert.SkipUnless(await OperatorProcess.HasModuleAsync("awscli.clidriver"), "The AWS CLI is not installed as a module of python3.");
        var folder = Directory.CreateTempSubdirectory("fairshare-runbook").FullName;
        try
        {
            using var process = Process.Start(OperatorProcess.StartOf(host, folder, "python3", "-c", Driver))!;
            await process.StandardInput.WriteAsync(JsonSerializer.Serialize(Commands(names)));
            process.StandardInput.Close();
            var (printed, said) = (process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
            await process.WaitForExitAsync();
            Assert.True(process.ExitCode == 0, $"{path}: {await said}\n{await printed}");
            return await printed;
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static string Resolve(string line, IReadOnlyDictionary<string, string> names)
    {
        foreach (var (name, value) in names.OrderByDescending(name => name.Key.Length))
        {
            line = line.Replace($"${name}", value, StringComparison.Ordinal);
        }

        return line.Contains('$', StringComparison.Ordinal) ? throw new InvalidOperationException($"Who is this? {line}") : line;
    }

    private static string RootOf(string folder) =>
        File.Exists(Path.Combine(folder, "FairShare.Serverless.sln")) ? folder : RootOf(Path.GetDirectoryName(folder)!);
}
