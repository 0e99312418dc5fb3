using System.CommandLine;
using System.Text.Json.Nodes;
using FairShare.Backup.Records;
using FairShare.Cli.Output;
using FairShare.Client.Backup.Notes;
using FairShare.Client.Backup.Reading;

namespace FairShare.Cli.Commands.Backup;

/// <summary><c>backup list</c>, <c>key</c>, <c>owner</c> and <c>verify</c>.</summary>
internal static class BackupNoteCommands
{
    private static readonly Argument<string> Folder = new("folder") { Description = "The folder of a backup's records." };

    public static Command List(CommandRunner runner) =>
        runner.Attach(
            new Command("list", "List the backups that are noted here."),
            (context, _) =>
            {
                using var work = new BackupWork(context);
                var notes = work.Folder.Backups;
                return Task.FromResult(
                    new CommandResult(
                        new JsonObject
                        {
                            ["backups"] = new JsonArray([
                                .. notes.Select(note => new JsonObject
                                {
                                    ["backup"] = note.Id,
                                    ["name"] = note.Name,
                                    ["scheme"] = note.Scheme,
                                    ["m"] = note.Threshold,
                                    ["n"] = note.Total,
                                    ["deleting"] = note.IsDeleting,
                                    ["records"] = work.Folder.FolderOf(BackupId.Parse(note.Id)),
                                }),
                            ]),
                        },
                        notes.Count == 0
                            ? ["No backup is noted here."]
                            :
                            [
                                .. Columns.Lines(
                                    ["backup", "name", "scheme", "shares", ""],
                                    notes.Select(note =>
                                        new[]
                                        {
                                            note.Id,
                                            note.Name,
                                            note.Scheme,
                                            $"{note.Threshold} of {note.Total}",
                                            note.IsDeleting ? "being deleted" : "",
                                        }
                                    )
                                ),
                            ]
                    )
                );
            }
        );

    public static Command Key(CommandRunner runner) =>
        runner.Attach(
            new Command("key", "Show the passphrase of a backup's age file, for who restores it with other tools.")
            {
                BackupOptions.Backup,
            },
            async (context, cancellationToken) =>
            {
                using var work = new BackupWork(context);
                var backup = BackupId.Parse(work.Folder.Get(context.Arguments.GetRequiredValue(BackupOptions.Backup)).Id);
                var passphrase = await new BackupRestoration(work.Session()).PassphraseAsync(backup, cancellationToken);
                return new CommandResult(new JsonObject { ["passphrase"] = passphrase }, [passphrase]);
            }
        );

    public static Command Owner(CommandRunner runner) =>
        runner.Attach(
            new Command("owner", "Show the key that signs your orders; it is made where there is none."),
            (context, _) =>
            {
                using var work = new BackupWork(context);
                var kid = work.Owner.KeyId.ToString();
                return Task.FromResult(new CommandResult(new JsonObject { ["kid"] = kid, ["jwk"] = work.Owner.PublicKey.ToJwk() }, [kid]));
            }
        );

    public static Command Verify(CommandRunner runner) =>
        runner.Attach(
            new Command("verify", "Verify a backup's records with nothing but their files.") { Folder },
            (context, _) =>
            {
                var verdicts = RecordFolder.Verify(context.Arguments.GetRequiredValue(Folder));
                var holds = verdicts.All(verdict => verdict.Fault is null);
                return Task.FromResult(
                    new CommandResult(
                        new JsonObject
                        {
                            ["verified"] = holds,
                            ["records"] = new JsonObject(
                                verdicts.Select(verdict => KeyValuePair.Create(verdict.Path, (JsonNode?)(verdict.Fault ?? "ok")))
                            ),
                        },
                        [
                            .. verdicts.Select(verdict =>
                                $"{(verdict.Fault is null ? "ok  " : "FAIL")}  {verdict.Path} {verdict.Fault}".TrimEnd()
                            ),
                            holds ? "Everything verified." : "REFUSED.",
                        ],
                        holds ? ExitCode.Ok : ExitCode.NotVerified
                    )
                );
            }
        );
}
