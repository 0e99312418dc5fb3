using System.CommandLine;
using System.Text.Json.Nodes;
using FairShare.Backup.Records;
using FairShare.Cli.Demo;
using FairShare.Cli.Demo.Backup;
using FairShare.Cli.Output;

namespace FairShare.Cli.Commands.Hosting;

/// <summary><c>demo backup</c>: a backup on five peers, two of which are lost.</summary>
internal static class BackupDemoCommand
{
    private static readonly Argument<string?> Source = new("path")
    {
        Description = "The file or folder that is backed up (default: a sample).",
        Arity = ArgumentArity.ZeroOrOne,
    };

    private static readonly Option<string?> Out = new("--out")
    {
        Description = "Keep what was restored in this empty folder.",
        HelpName = "DIR",
    };

    private static readonly Option<string?> Scheme = new("--scheme")
    {
        Description = "ida (pieces) or sss (copies); both, one after the other, by default.",
        HelpName = "SCHEME",
    };

    private static readonly Option<bool> Meter = new("--meter")
    {
        Description = "Show every billable operation, and what a million of create, check, restore, repair, refresh and delete cost.",
    };

    public static Command Create(CommandRunner runner) =>
        runner.Attach(
            new Command("backup", "Spread a backup over five peers, lose two, restore, repair, check, refresh and delete it.")
            {
                Source,
                Out,
                Scheme,
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

        IReadOnlyList<BackupScheme> schemes = context.Arguments.GetValue(Scheme) is { } name
            ? [BackupSchemes.Parse(name)]
            : [BackupScheme.Ida, BackupScheme.Sss];
        using var folders = new DemoFolders(context.Arguments.GetValue(Out));
        var narrator = new DemoNarrator(context.Terminal.Output, context.Json);
        var path = given is null ? folders.MakeSampleFolder("photos", context.Time.GetUtcNow()) : Path.GetFullPath(given);
        var outcome = await new BackupDemoRun(folders, narrator, context.Terminal, context.Time).RunAsync(path, schemes, cancellationToken);
        var metered = context.Arguments.GetValue(Meter)
            ? await new BackupMetering(folders, context.Terminal, context.Time).RunAsync(cancellationToken)
            : null;
        return new(
            new JsonObject
            {
                ["holds"] = outcome.Holds,
                ["meter"] = metered?.ToJson(),
                ["steps"] = narrator.Steps,
                ["checks"] = new JsonObject(outcome.Checks.Select(check => KeyValuePair.Create(check.Name, (JsonNode?)check.Passed))),
            },
            [.. metered?.Table() ?? [], outcome.Holds ? "Everything is as it should be." : "REFUSED."],
            outcome.Holds ? ExitCode.Ok : ExitCode.NotVerified
        );
    }
}
