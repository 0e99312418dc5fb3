using System.CommandLine;
using System.Text.Json.Nodes;
using FairShare.Backup.Records;
using FairShare.Cli.Output;
using FairShare.Client.Backup.Keeping;

namespace FairShare.Cli.Commands.Backup;

/// <summary><c>backup check</c>: how a backup is, without fetching it.</summary>
internal static class CheckBackupCommand
{
    private static readonly Option<bool> Deep = new("--deep")
    {
        Description = "Have every peer read its whole body, besides the leaves that are drawn at random.",
    };

    public static Command Create(CommandRunner runner) =>
        runner.Attach(new Command("check", "See how a backup is, without fetching it.") { BackupOptions.Backup, Deep }, RunAsync);

    private static async Task<CommandResult> RunAsync(CommandContext context, CancellationToken cancellationToken)
    {
        using var work = new BackupWork(context);
        var note = work.Folder.Get(context.Arguments.GetRequiredValue(BackupOptions.Backup));
        var check = new BackupCheck(work.Session()) { IsDeep = context.Arguments.GetValue(Deep) };
        var health = await check.RunAsync(BackupId.Parse(note.Id), cancellationToken);
        return Describe(health);
    }

    private static CommandResult Describe(BackupHealth health)
    {
        var isGood = health.Peers.All(peer => peer.IsGood);
        var json = new JsonObject
        {
            ["good"] = isGood,
            ["spare"] = health.Spare,
            ["traffic"] = health.Traffic,
            ["manifest"] = health.Shares.Manifest.Sequence,
            ["takers"] = health.Shares.Takers,
            ["peers"] = new JsonArray([.. health.Peers.Select(Json)]),
        };
        List<string> lines =
        [
            .. Columns.Lines(
                ["share", "peer", "domain", "epoch", "key share", "body", "checked"],
                health.Peers.Select(peer =>
                    new[]
                    {
                        $"{peer.Index}",
                        peer.Peer?.Name ?? "?",
                        peer.Peer?.Domain ?? "",
                        peer.Failure is null ? $"{peer.Epoch}" : "",
                        peer.Failure is { } failure ? failure.Code
                        : peer.HasKeyShare ? "good"
                        : "missing",
                        peer.Failure is not null ? "" : BodyOf(peer),
                        peer.Failure is not null ? "" : $"{peer.Checked} of {peer.Leaves} leaves",
                    }
                )
            ),
            .. health
                .Peers.Where(peer => peer is { Peer: not null, Failure: not null })
                .Select(peer => BackupOptions.Line((peer.Peer!, peer.Failure!))),
            .. health.Peers.SelectMany(peer => peer.Wrong.Select(leaf => $"{peer.Peer!.Name}: leaf {leaf} of {peer.Leaves} wrong")),
            Standing(health),
        ];
        return new CommandResult(json, lines, isGood ? ExitCode.Ok : ExitCode.NotVerified);
    }

    private static string Standing(BackupHealth health) =>
        (health.Spare < 0 ? "It cannot be restored as it is" : $"{health.Spare} more shares may be lost")
        + (health.Shares.Takers < health.Shares.Manifest.Quorum ? "; too few peers have the manifest to be sure of it" : "")
        + $". {health.Traffic} bytes were read.";

    private static string BodyOf(PeerHealth peer) =>
        !peer.HasBody ? "damaged or missing"
        : peer.Wrong.Count > 0 ? $"{peer.Wrong.Count} wrong"
        : "good";

    private static JsonNode Json(PeerHealth peer) =>
        new JsonObject
        {
            ["index"] = peer.Index,
            ["peer"] = peer.Peer?.Name,
            ["failure"] = peer.Failure?.Code,
            ["detail"] = peer.Failure?.Detail,
            ["epoch"] = peer.Epoch,
            ["keyShare"] = peer.HasKeyShare,
            ["body"] = peer.HasBody,
            ["manifest"] = peer.HasManifest,
            ["leaves"] = peer.Leaves,
            ["checked"] = peer.Checked,
            ["wrong"] = new JsonArray([.. peer.Wrong.Select(leaf => (JsonNode?)JsonValue.Create(leaf))]),
        };
}
