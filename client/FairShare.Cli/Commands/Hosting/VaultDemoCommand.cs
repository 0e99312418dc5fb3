using System.CommandLine;
using System.Text.Json.Nodes;
using FairShare.Cli.Demo;
using FairShare.Cli.Demo.Vault;
using FairShare.Cli.Hosting;
using FairShare.Cli.Output;
using TemplateHost.Hosting;

namespace FairShare.Cli.Commands.Hosting;

/// <summary><c>demo vault</c>: something stored, fetched elsewhere and erased, on a host of its own.</summary>
internal static class VaultDemoCommand
{
    private static readonly Argument<string?> Source = new("path")
    {
        Description = "The file or folder that Alice stores (default: a sample).",
        Arity = ArgumentArity.ZeroOrOne,
    };

    private static readonly Option<string?> Out = new("--out")
    {
        Description = "Keep what was fetched in this empty folder.",
        HelpName = "DIR",
    };

    private static readonly Option<bool> Meter = new("--meter")
    {
        Description = "Show every billable operation and what a million items cost.",
    };

    public static Command Create(CommandRunner runner) =>
        runner.Attach(
            new Command(
                "vault",
                "Store something under a password, fetch it elsewhere, err, open it for the last time; compare everything."
            )
            {
                Source,
                Out,
                HostOptions.Functions,
                Meter,
            },
            RunAsync
        );

    private static async Task<CommandResult> RunAsync(CommandContext context, CancellationToken cancellationToken)
    {
        var given = context.Arguments.GetValue(Source);
        if (given is not null && !Path.Exists(given))
        {
            throw new CommandException(ExitCode.LocalFile, "file-not-found", $"{given} is not there.", "Give another path, or none.");
        }

        using var folders = new DemoFolders(context.Arguments.GetValue(Out));
        var options = new EmbeddedHostOptions { DataDirectory = folders.Data, FunctionsDirectory = HostOptions.FunctionsOf(context) };
        await using var host = await HostTemplate.StartAsync(options, context.Terminal, cancellationToken);
        var narrator = new DemoNarrator(context.Terminal.Output, context.Json);
        narrator.Say($"Host: API {host.ApiUrl}, AWS endpoint {host.AwsUrl}");
        var path = given is null ? folders.MakeSampleFolder("photos", context.Time.GetUtcNow()) : Path.GetFullPath(given);
        var outcome = await new VaultDemoRun(host, folders, narrator, context.Terminal, context.Time).RunAsync(
            path,
            context.Arguments.GetValue(Meter),
            cancellationToken
        );
        return Describe(outcome);
    }

    private static CommandResult Describe(VaultDemoOutcome outcome)
    {
        List<string> lines = [$"{outcome.Files} files, {outcome.Bytes} bytes; stored as {outcome.ObjectSize} bytes."];
        if (outcome.Metered is var (first, next))
        {
            lines.AddRange(MeterReading.Amounts(first, next));
        }

        lines.Add(outcome.Holds ? "Everything is as it should be." : "REFUSED.");
        var json = new JsonObject
        {
            ["holds"] = outcome.Holds,
            ["checks"] = new JsonObject(outcome.Checks.Select(check => KeyValuePair.Create(check.Name, (JsonNode?)check.Passed))),
            ["files"] = outcome.Files,
            ["size"] = outcome.Bytes,
            ["objectSize"] = outcome.ObjectSize,
            ["meterFirst"] = outcome.Metered?.First.ToJson(),
            ["meter"] = outcome.Metered?.Next.ToJson(),
        };
        return new(json, lines, outcome.Holds ? ExitCode.Ok : ExitCode.NotVerified);
    }
}
