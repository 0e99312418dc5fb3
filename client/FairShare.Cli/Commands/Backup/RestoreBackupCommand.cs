using System.CommandLine;
using System.Text.Json.Nodes;
using FairShare.Backup.Records;
using FairShare.Cli.Output;
using FairShare.Client.Backup.Reading;

namespace FairShare.Cli.Commands.Backup;

/// <summary><c>backup restore</c>: restores a backup from any m of its peers.</summary>
internal static class RestoreBackupCommand
{
    private static readonly Option<string> Out = new("--out")
    {
        Description = "The folder that it goes to; what is there already is not replaced.",
        HelpName = "DIR",
        DefaultValueFactory = _ => ".",
    };

    public static Command Create(CommandRunner runner) =>
        runner.Attach(new Command("restore", "Restore a backup from any m of its peers.") { BackupOptions.Backup, Out }, RunAsync);

    private static async Task<CommandResult> RunAsync(CommandContext context, CancellationToken cancellationToken)
    {
        using var work = new BackupWork(context);
        var note = work.Folder.Get(context.Arguments.GetRequiredValue(BackupOptions.Backup));
        var folder = context.Arguments.GetValue(Out)!;
        if (Path.Exists(Path.Combine(folder, note.Name)))
        {
            throw new CommandException(
                ExitCode.LocalFile,
                "archive-target-exists",
                $"{Path.Combine(folder, note.Name)} exists already.",
                "Nothing was fetched. Move it away, or give another folder with --out."
            );
        }

        var restored = await new BackupRestoration(work.Session()).RunAsync(BackupId.Parse(note.Id), folder, cancellationToken);
        var manifest = restored.Shares.Manifest;
        var isUnsure = restored.Shares.Takers < manifest.Quorum;
        return new CommandResult(
            new JsonObject
            {
                ["paths"] = new JsonArray([.. restored.Paths.Select(path => (JsonNode?)JsonValue.Create(path))]),
                ["size"] = restored.ContentLength,
                ["answered"] = restored.Shares.Held.Count,
                ["manifest"] = manifest.Sequence,
                ["sure"] = !isUnsure,
                ["failed"] = new JsonArray([.. restored.Failures.Select(BackupOptions.Json)]),
                ["badShares"] = new JsonArray([.. restored.BadShares.Select(peer => (JsonNode?)JsonValue.Create(peer.Name))]),
                ["wrongLeaves"] = new JsonArray([
                    .. restored.WrongLeaves.Select(wrong => (JsonNode?)JsonValue.Create($"{wrong.Peer.Name}:{wrong.Leaf}")),
                ]),
            },
            [
                .. restored.Failures.Select(BackupOptions.Line),
                .. restored.BadShares.Select(peer => $"{peer.Name}: the key share is bad, and was set aside [bad-share:{peer.Name}]"),
                .. restored.WrongLeaves.Select(wrong => $"{wrong.Peer.Name}: leaf {wrong.Leaf} wrong, computed from others"),
                .. isUnsure
                    ? [$"Only {restored.Shares.Takers} peers have this manifest; there may be a later one."]
                    : Array.Empty<string>(),
                .. restored.Paths.Select(path => $"Restored {path}"),
            ]
        );
    }
}
