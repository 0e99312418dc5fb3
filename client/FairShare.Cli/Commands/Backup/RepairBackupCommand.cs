using System.CommandLine;
using System.Text.Json.Nodes;
using FairShare.Backup.Records;
using FairShare.Cli.Output;
using FairShare.Client.Backup.Keeping;
using FairShare.Client.Backup.Peers;
using FairShare.Core.Identifiers;
using FairShare.Core.Keys;

namespace FairShare.Cli.Commands.Backup;

/// <summary><c>backup repair</c>: makes lost and damaged shares anew.</summary>
internal static class RepairBackupCommand
{
    private static readonly Option<string[]> Replace = new("--replace")
    {
        Description = "A peer that takes the place of a lost one; may be given several times.",
        HelpName = "OLD=NEW",
    };

    public static Command Create(CommandRunner runner) =>
        runner.Attach(
            new Command("repair", "Make lost and damaged shares anew from m others.") { BackupOptions.Backup, Replace },
            RunAsync
        );

    private static async Task<CommandResult> RunAsync(CommandContext context, CancellationToken cancellationToken)
    {
        using var work = new BackupWork(context);
        var note = work.Folder.Get(context.Arguments.GetRequiredValue(BackupOptions.Backup));
        var session = work.Session();
        var repair = new BackupRepair(session)
        {
            Replacements = (context.Arguments.GetValue(Replace) ?? []).Select(text => Read(work, text)).ToDictionary(),
            // Everything is looked at: a repair that overlooks damage is none.
            Health = await new BackupCheck(session) { IsDeep = true }.RunAsync(BackupId.Parse(note.Id), cancellationToken),
        };
        var repaired = await repair.RunAsync(BackupId.Parse(note.Id), cancellationToken);
        work.Folder.KeepManifest(repaired.Manifest, work.Owner.PublicKey.ToJwk());
        foreach (var share in repaired.Repaired)
        {
            work.Folder.KeepRecord(BackupId.Parse(note.Id), share.Peer, share.Receipt);
        }

        return Describe(repaired, repair.Health.Peers.Where(peer => peer is { Peer: not null, Failure: not null }));
    }

    private static string LeavesOf(RepairedShare share, int sources) =>
        share.Leaves.Count == 1
            ? $"1 leaf rebuilt from {sources} × 16 KiB"
            : $"{share.Leaves.Count} leaves rebuilt, each from {sources} × 16 KiB";

    private static KeyValuePair<KeyId, PeerConnection> Read(BackupWork work, string text) =>
        text.Split('=') is [{ Length: > 0 } old, { Length: > 0 } next]
            ? new(PublicKey.FromJwk(work.Folder.GetPeer(old).Key).Thumbprint, work.Connect(work.Folder.GetPeer(next)))
            : throw new CommandException(ExitCode.Usage, "usage", "--replace is OLD=NEW, two names of peers.", "See fairshare peer list.");

    private static CommandResult Describe(RepairedBackup repaired, IEnumerable<PeerHealth> silent)
    {
        var failures = repaired
            .Failures.Concat(silent.Select(peer => (peer.Peer!, peer.Failure!)))
            .Where(one => !repaired.Repaired.Any(share => share.Peer == one.Item1))
            .DistinctBy(one => one.Item1)
            .ToList();
        return new(
            new JsonObject
            {
                ["manifest"] = repaired.Manifest.Members.Number("seq"),
                ["takers"] = repaired.Takers,
                ["traffic"] = repaired.Traffic,
                ["repaired"] = new JsonArray([
                    .. repaired.Repaired.Select(share => new JsonObject
                    {
                        ["index"] = share.Index,
                        ["peer"] = share.Peer.Name,
                        ["body"] = share.WholeBody,
                        ["leaves"] = new JsonArray([.. share.Leaves.Select(leaf => (JsonNode?)JsonValue.Create(leaf))]),
                        ["keyShare"] = share.KeyShare,
                    }),
                ]),
                ["failed"] = new JsonArray([.. failures.Select(BackupOptions.Json)]),
                ["unhelpful"] = new JsonArray([.. repaired.Unhelpful.Select(BackupOptions.Json)]),
            },
            [
                .. repaired.Repaired.Select(share =>
                    $"{share.Peer.Name}: "
                    + string.Join(
                        ", ",
                        (string[])
                            [
                                .. share.WholeBody ? ["body made anew"]
                                : share.Leaves.Count > 0 ? [LeavesOf(share, repaired.Sources)]
                                : Array.Empty<string>(),
                                .. share.KeyShare ? ["key share given back"] : Array.Empty<string>(),
                                .. share is { WholeBody: false, KeyShare: false, Leaves.Count: 0 }
                                    ? ["receipt renewed"]
                                    : Array.Empty<string>(),
                            ]
                    )
                ),
                .. failures.Select(BackupOptions.Line),
                .. repaired.Unhelpful.Select(BackupOptions.Line),
                repaired.Repaired.Count == 0
                    ? "Nothing was to be repaired."
                    : $"{repaired.Traffic} bytes were read; {repaired.Takers} peers have the manifest.",
            ],
            repaired.Failures.Count == 0 ? ExitCode.Ok : ExitCode.NotVerified
        );
    }
}
