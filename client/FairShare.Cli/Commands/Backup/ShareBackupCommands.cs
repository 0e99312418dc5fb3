using System.CommandLine;
using System.Text.Json.Nodes;
using FairShare.Backup.Records;
using FairShare.Cli.Output;
using FairShare.Client.Backup.Keeping;
using FairShare.Client.Backup.Notes;
using FairShare.Core.Identifiers;

namespace FairShare.Cli.Commands.Backup;

/// <summary><c>backup share</c> and <c>accept</c>: a backup of several owners.</summary>
internal static class ShareBackupCommands
{
    private static readonly Option<string> Master = new("--master")
    {
        Description = "The key of the other owner, as their fairshare backup owner shows it.",
        HelpName = "KID",
        Required = true,
    };

    private static readonly Option<string> Out = new("--out")
    {
        Description = "A file for the other owner; there is nothing secret in it.",
        HelpName = "FILE",
        Required = true,
    };

    private static readonly Argument<string> File = new("file") { Description = "The file that the other owner made with backup share." };

    public static Command Share(CommandRunner runner) =>
        runner.Attach(
            new Command("share", "Give a backup another owner, with the same rights.") { BackupOptions.Backup, Master, Out },
            ShareAsync
        );

    public static Command Accept(CommandRunner runner) =>
        runner.Attach(new Command("accept", "Note a backup that somebody else has made you an owner of.") { File }, AcceptAsync);

    private static async Task<CommandResult> ShareAsync(CommandContext context, CancellationToken cancellationToken)
    {
        using var work = new BackupWork(context);
        var note = work.Folder.Get(context.Arguments.GetRequiredValue(BackupOptions.Backup));
        var master = KeyId.Parse(context.Arguments.GetRequiredValue(Master));
        var (record, takers) = await new OwnerChange(work.Session()).AddAsync(BackupId.Parse(note.Id), master, cancellationToken);
        work.Folder.KeepManifest(record, work.Owner.PublicKey.ToJwk());
        var path = context.Arguments.GetRequiredValue(Out);
        SharedBackupFile.Write(path, new SharedBackup(note, work.Owner.PublicKey.ToJwk(), work.Folder.Peers));
        return new CommandResult(
            new JsonObject
            {
                ["manifest"] = record.Members.Number("seq"),
                ["takers"] = takers,
                ["file"] = Path.GetFullPath(path),
            },
            [$"{takers} peers have taken it. Give {path} to the other owner, who runs fairshare backup accept with it."]
        );
    }

    private static Task<CommandResult> AcceptAsync(CommandContext context, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        using var work = new BackupWork(context);
        var shared = SharedBackupFile.Read(context.Arguments.GetRequiredValue(File));
        var known = work.Folder.Peers;
        if (shared.Peers.FirstOrDefault(peer => known.Any(other => other.Name == peer.Name && other.Key != peer.Key)) is { } other)
        {
            throw new CommandException(
                ExitCode.NotVerified,
                "peer-key-changed",
                $"Another peer called {other.Name} is noted here.",
                "Nothing was noted. Ask the other owner which key is that peer's."
            );
        }

        _ = work.Owner;
        work.Folder.Peers = [.. known, .. shared.Peers.Where(peer => known.All(noted => noted.Name != peer.Name))];
        work.Folder.Owner = work.Folder.Owner! with { Others = [.. work.Folder.Owner.Others.Append(shared.Owner).Distinct()] };
        work.Folder.Keep(shared.Backup);
        return Task.FromResult(
            new CommandResult(new JsonObject { ["backup"] = shared.Backup.Id }, [$"Noted {shared.Backup.Name}, {shared.Backup.Id}."])
        );
    }
}
