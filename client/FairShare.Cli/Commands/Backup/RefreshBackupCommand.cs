using System.CommandLine;
using System.Text.Json.Nodes;
using FairShare.Backup.Records;
using FairShare.Cli.Output;
using FairShare.Client.Backup.Keeping;

namespace FairShare.Cli.Commands.Backup;

/// <summary><c>backup refresh</c>: gives the peers new shares of the same secret.</summary>
internal static class RefreshBackupCommand
{
    private static readonly Option<bool> Abort = new("--abort")
    {
        Description = "Give up a refresh that was prepared and found too few peers; the shares of the present epoch stay.",
    };

    public static Command Create(CommandRunner runner) =>
        runner.Attach(
            new Command("refresh", "Give the peers new shares of the same secret; old and new ones do not combine.")
            {
                BackupOptions.Backup,
                Abort,
            },
            RunAsync
        );

    private static async Task<CommandResult> RunAsync(CommandContext context, CancellationToken cancellationToken)
    {
        using var work = new BackupWork(context);
        var backup = BackupId.Parse(work.Folder.Get(context.Arguments.GetRequiredValue(BackupOptions.Backup)).Id);
        var refresh = new BackupRefresh(work.Session())
        {
            Certified = work.Folder.FindRefresh(backup),
            Note = certified => work.Folder.KeepRefresh(backup, certified),
        };
        if (context.Arguments.GetValue(Abort))
        {
            var aborted = await refresh.AbortAsync(backup, cancellationToken);
            return new CommandResult(
                new JsonObject { ["aborted"] = aborted.Count },
                [$"{aborted.Count} peers gave up what was prepared; their shares stay as they are."]
            );
        }

        var refreshed = await refresh.RunAsync(backup, cancellationToken);
        foreach (var (peer, record) in refreshed.Applied)
        {
            work.Folder.KeepRecord(backup, peer, record);
        }

        return new CommandResult(
            new JsonObject
            {
                ["epoch"] = refreshed.Epoch,
                ["prepared"] = refreshed.Prepared,
                ["applied"] = refreshed.Applied.Count,
                ["accused"] = new JsonArray([.. refreshed.Accused.Select(index => (JsonNode?)JsonValue.Create(index))]),
                ["failed"] = new JsonArray([.. refreshed.Failures.Select(one => (JsonNode?)JsonValue.Create(one.Peer.Name))]),
            },
            [
                .. refreshed.Failures.Select(one => $"{one.Peer.Name}: {one.Failure.Detail} ({one.Failure.Code}); repair it"),
                .. refreshed.Accused.Select(index => $"The peer of share {index} was accused of a wrong deal."),
                $"Epoch {refreshed.Epoch} has begun at {refreshed.Applied.Count} peers.",
            ]
        );
    }
}
