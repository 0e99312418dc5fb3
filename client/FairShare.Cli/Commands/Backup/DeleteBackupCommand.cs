using System.CommandLine;
using System.Text.Json.Nodes;
using FairShare.Backup.Records;
using FairShare.Cli.Output;
using FairShare.Client.Backup.Deleting;

namespace FairShare.Cli.Commands.Backup;

/// <summary><c>backup delete</c>: deletes a backup at all its peers.</summary>
internal static class DeleteBackupCommand
{
    public static Command Create(CommandRunner runner) =>
        runner.Attach(
            new Command("delete", "Delete a backup at all its peers; run it again for those that were away.") { BackupOptions.Backup },
            RunAsync
        );

    private static async Task<CommandResult> RunAsync(CommandContext context, CancellationToken cancellationToken)
    {
        using var work = new BackupWork(context);
        var note = work.Folder.Get(context.Arguments.GetRequiredValue(BackupOptions.Backup));
        var backup = BackupId.Parse(note.Id);
        var deleted = await new BackupDeletion(work.Session()).RunAsync(backup, cancellationToken);
        foreach (var (peer, receipt) in deleted.Receipts)
        {
            work.Folder.KeepRecord(backup, peer, receipt);
        }

        foreach (var (peer, order) in deleted.Standing)
        {
            work.Folder.KeepOrder(backup, peer, order);
        }

        var confirmed = deleted.Receipts.Count(one => one.Receipt.Members.Text("state") == "deleted");
        var wanted = note.Total - note.Threshold + 1;
        if (confirmed < wanted)
        {
            work.Folder.Keep(note with { IsDeleting = true });
            throw new CommandException(
                ExitCode.Refused,
                $"delete-incomplete:{confirmed}",
                $"{confirmed} peers have confirmed the deletion, and {wanted} must.",
                "Run the command again when more of them answer; orders that are good for 30 days are kept."
            );
        }

        if (deleted.Failures.Count == 0)
        {
            work.Folder.Forget(backup);
        }
        else
        {
            work.Folder.Keep(note with { IsDeleting = true });
        }

        return new CommandResult(
            new JsonObject
            {
                ["deleted"] = true,
                ["confirmed"] = confirmed,
                ["away"] = new JsonArray([.. deleted.Failures.Select(one => (JsonNode?)JsonValue.Create(one.Peer.Name))]),
            },
            [
                .. deleted.Failures.Select(one => $"{one.Peer.Name}: {one.Failure.Detail} ({one.Failure.Code}); run delete again later"),
                $"Deleted: {confirmed} peers have confirmed it, {wanted} are enough.",
            ]
        );
    }
}
