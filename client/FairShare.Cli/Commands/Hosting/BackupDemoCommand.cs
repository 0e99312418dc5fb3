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

    public static Command Create(CommandRunner runner) =>
        runner.Attach(
            new Command("backup", "Spread a backup over five peers, lose two, restore, repair, check, refresh and delete it.")
            {
                Source,
                Out,
                Scheme,
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
        return new(
            new JsonObject
            {
                ["holds"] = outcome.Holds,
                ["steps"] = narrator.Steps,
                ["checks"] = new JsonObject(outcome.Checks.Select(check => KeyValuePair.Create(check.Name, (JsonNode?)check.Passed))),
            },
            [outcome.Holds ? "Everything is as it should be." : "REFUSED."],
            outcome.Holds ? ExitCode.Ok : ExitCode.NotVerified
        );
    }
}
