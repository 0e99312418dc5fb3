using System.CommandLine;
using System.Globalization;
using System.Text.Json.Nodes;
using FairShare.Backup.Planning;
using FairShare.Backup.Records;
using FairShare.Cli.Output;
using FairShare.Client.Backup.Notes;
using FairShare.Client.Backup.Peers;
using FairShare.Client.Backup.Storing;
using FairShare.Vault.Objects;
using FairShare.Vault.Packing;

namespace FairShare.Cli.Commands.Backup;

/// <summary><c>backup create</c>: spreads a file or folder over peers.</summary>
internal static class CreateBackupCommand
{
    private static readonly Argument<string> Source = new("path") { Description = "The file or folder that is backed up." };

    private static readonly Option<string?> Peers = new("--peers")
    {
        Description = "The peers, one share each, separated by commas (default: all that are noted).",
        HelpName = "NAMES",
    };

    private static readonly Option<int?> Threshold = new("--threshold", "-m")
    {
        Description = "m: how many shares restore it, at least 2 (default: the least majority).",
        HelpName = "M",
    };

    private static readonly Option<string> Scheme = new("--scheme")
    {
        Description = "ida: each peer holds a piece; sss: each holds the whole encrypted file.",
        HelpName = "SCHEME",
        DefaultValueFactory = _ => "ida",
    };

    private static readonly Option<int?> Happy = new("--happy")
    {
        Description = "How many receipts make the backup good, more than m (default: all).",
        HelpName = "N",
    };

    private static readonly Option<int?> Liars = new("--liars")
    {
        Description = "How many peers may lie while shares are refreshed (default: the most with which one may be away).",
        HelpName = "F",
    };

    private static readonly Option<bool> AllowSharedDomain = new("--allow-shared-domain")
    {
        Description = "Let a domain or an operator hold more shares than are safe.",
    };

    private static readonly Option<string?> Name = new("--name")
    {
        Description = "What the backup is called here; peers never see it (default: the file's name).",
        HelpName = "NAME",
    };

    public static Command Create(CommandRunner runner) =>
        runner.Attach(
            new Command("create", "Spread a file or folder over peers; every receipt is verified.")
            {
                Source,
                Peers,
                Threshold,
                Scheme,
                Happy,
                Liars,
                AllowSharedDomain,
                Name,
            },
            RunAsync
        );

    private static async Task<CommandResult> RunAsync(CommandContext context, CancellationToken cancellationToken)
    {
        var arguments = context.Arguments;
        using var work = new BackupWork(context);
        var path = Path.GetFullPath(arguments.GetRequiredValue(Source));
        if (!Path.Exists(path))
        {
            throw new CommandException(ExitCode.LocalFile, "file-not-found", $"{path} is not there.", "Give another path.");
        }

        var peers = PeersOf(work, arguments.GetValue(Peers));
        var plan = BackupPlan.Require(
            BackupSchemes.Parse(arguments.GetValue(Scheme)!),
            [.. peers.Select(peer => new SharePlace(peer.Name, peer.Domain, peer.Operator))],
            arguments.GetValue(Threshold),
            arguments.GetValue(Liars),
            arguments.GetValue(Happy),
            arguments.GetValue(AllowSharedDomain)
        );
        var creation = new BackupCreation(work.Session(peers), plan);
        var created = await creation.RunAsync(new TreeContent(SourceTree.List(path)), null, null, cancellationToken);
        var note = Keep(context, work, created, arguments.GetValue(Name) ?? Path.GetFileName(path));
        return Describe(created, note);
    }

    private static List<KnownPeer> PeersOf(BackupWork work, string? names) =>
        names is null
            ? [.. work.Folder.Peers]
            : [.. names.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries).Select(work.Folder.GetPeer)];

    private static BackupNote Keep(CommandContext context, BackupWork work, CreatedBackup created, string name)
    {
        var manifest = BackupManifest.Read(created.Manifest);
        var note = new BackupNote(
            manifest.Backup.ToString(),
            name,
            manifest.Scheme.Name(),
            manifest.Parameters.Threshold,
            manifest.Parameters.Total,
            context.Time.GetUtcNow()
        );
        work.Folder.KeepManifest(created.Manifest, work.Owner.PublicKey.ToJwk());
        foreach (var (peer, receipt) in created.Receipts)
        {
            work.Folder.KeepRecord(manifest.Backup, peer, receipt);
        }

        work.Folder.Keep(note);
        return note;
    }

    private static CommandResult Describe(CreatedBackup created, BackupNote note)
    {
        var manifest = BackupManifest.Read(created.Manifest);
        var factor = ((double)created.StoredSize / manifest.Size).ToString("0.0", CultureInfo.InvariantCulture);
        return new CommandResult(
            new JsonObject
            {
                ["backup"] = note.Id,
                ["name"] = note.Name,
                ["scheme"] = note.Scheme,
                ["m"] = note.Threshold,
                ["n"] = note.Total,
                ["f"] = manifest.Parameters.Liars,
                ["size"] = manifest.Size,
                ["stored"] = created.StoredSize,
                ["receipts"] = created.Receipts.Count,
                ["failed"] = new JsonArray([.. created.Failures.Select(one => (JsonNode?)JsonValue.Create(one.Peer.Name))]),
            },
            [
                .. created.Failures.Select(one => $"{one.Peer.Name}: {one.Failure.Detail} ({one.Failure.Code})"),
                $"{created.Receipts.Count} of {note.Total} receipts   {factor}x stored   backup {note.Id}",
            ]
        );
    }
}
