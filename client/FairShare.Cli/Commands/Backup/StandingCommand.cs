using System.CommandLine;
using System.Globalization;
using System.Text.Json.Nodes;
using FairShare.Backup.Records;
using FairShare.Backup.Standing;
using FairShare.Cli.Commands.Vault;
using FairShare.Cli.Output;
using FairShare.Client.Backup.Notes;
using FairShare.Client.Backup.Peers;
using FairShare.Client.Backup.Standing;
using FairShare.Contracts.Backup;
using FairShare.Contracts.Standing;
using FairShare.Core.Identifiers;
using FairShare.Core.Keys;

namespace FairShare.Cli.Commands.Backup;

/// <summary><c>backup standing</c>: orders that a coordinator carries while their owner is away.</summary>
internal static class StandingCommand
{
    private static readonly Argument<string> What = new("what")
    {
        Description = "check (peers prove their bodies), refresh (peers get new shares), or delete (whoever was away).",
    };

    private static readonly Option<string> Coordinator = new("--to")
    {
        Description = "The address of the coordinator's API; see fairshare coordinator up.",
        HelpName = "URL",
        Required = true,
    };

    private static readonly Option<string> Every = new("--every")
    {
        Description = "How long after the end of a round the next one begins, 1h to 366d.",
        HelpName = "TIME",
        DefaultValueFactory = _ => "1d",
    };

    private static readonly Argument<string> Work = new("work") { Description = "The work's id; see fairshare backup standing show." };

    public static Command Create(CommandRunner runner) =>
        new("standing", "Have a coordinator carry signed orders while you are away: checks, refreshes, deletions.")
        {
            runner.Attach(
                new Command("give", "Sign orders for all peers, and hand them over.") { What, BackupOptions.Backup, Coordinator, Every },
                GiveAsync
            ),
            runner.Attach(new Command("show", "See what peers have answered, verified here."), ShowAsync),
            runner.Attach(new Command("withdraw", "End work: its orders are carried no more.") { Work }, WithdrawAsync),
        };

    private static async Task<CommandResult> GiveAsync(CommandContext context, CancellationToken cancellationToken)
    {
        using var work = new BackupWork(context);
        var note = work.Folder.Get(context.Arguments.GetRequiredValue(BackupOptions.Backup));
        var interval = DurationText.Parse(context.Arguments.GetRequiredValue(Every));
        var what = context.Arguments.GetRequiredValue(What);
        var session = work.Session();
        var (orders, roots) = await SignAsync(what, BackupId.Parse(note.Id), work.Folder, session, interval, cancellationToken);
        var id = StandingWorkId.New(session.Randomness);
        var api = context.Api(context.Arguments.GetRequiredValue(Coordinator));
        // Noted first: what was handed over and not noted could be neither seen nor withdrawn.
        var folder = new StandingFolder(context.Profile);
        folder.Keep(
            new StandingNote(id.ToString(), api.Address.TrimEnd('/'), session.Time.GetUtcNow(), orders, Names(orders, session), roots)
        );
        StandingWorkView view;
        try
        {
            view = await api.CallAsync(StandingRoutes.HandOverWork, id, orders, cancellationToken);
        }
        catch (Client.Http.FairShareProblem problem) when (problem.Status is >= 400 and < 500)
        {
            folder.Forget(id.ToString());
            throw;
        }

        var count = orders.Peers.Count(peer => peer.Order is not null);
        return new CommandResult(
            new JsonObject
            {
                ["work"] = view.Id,
                ["orders"] = count,
                ["until"] = Timestamp.Format(view.Until),
            },
            [$"{count} orders are handed over, good until {Timestamp.Format(view.Until)}; work {view.Id}"]
        );
    }

    private static async Task<(StandingWork Work, IReadOnlyList<string> Roots)> SignAsync(
        string what,
        BackupId backup,
        BackupFolder folder,
        BackupSession session,
        TimeSpan interval,
        CancellationToken cancellationToken
    ) =>
        what switch
        {
            "check" => await new StandingOrders(session).ProveAsync(backup, interval, cancellationToken),
            "refresh" => (await new StandingOrders(session).RefreshAsync(backup, interval, cancellationToken), []),
            "delete" => (await StandingOrders.DeleteAsync(backup, Unconfirmed(backup, folder, session), interval, cancellationToken), []),
            _ => throw new CommandException(
                ExitCode.Usage,
                "usage",
                "What stands is check, refresh or delete.",
                "See fairshare backup standing give --help."
            ),
        };

    private static List<PeerConnection> Unconfirmed(BackupId backup, BackupFolder folder, BackupSession session)
    {
        List<PeerConnection> peers =
        [
            .. session.Peers.Peers.Where(peer =>
                !File.Exists(
                    Path.Combine(
                        folder.FolderOf(backup),
                        PublicKey.FromJwk(peer.Peer.Key).Thumbprint.ToString(),
                        $"{RecordKind.DeletionReceipt}.jws"
                    )
                )
            ),
        ];
        return peers.Count > 0
            ? peers
            : throw new CommandException(
                ExitCode.Refused,
                "nothing-to-delete",
                "Every peer that is noted has confirmed the deletion.",
                "There is nothing left to do."
            );
    }

    private static IReadOnlyList<string> Names(StandingWork work, BackupSession session) =>
        [.. work.Peers.Select(peer => session.Peers.Peers.FirstOrDefault(known => known.Peer.Key == peer.Seal)?.Peer.Name ?? "")];

    private static async Task<CommandResult> ShowAsync(CommandContext context, CancellationToken cancellationToken)
    {
        var rows = new List<(StandingNote Note, string State, StandingFinding Finding)>();
        foreach (var note in new StandingFolder(context.Profile).Notes)
        {
            var api = context.Api(note.Coordinator);
            var view = await api.CallAsync(StandingRoutes.GetStandingWork, StandingWorkId.Parse(note.Id), cancellationToken);
            rows.AddRange(new StandingReport(note, context.Time.GetUtcNow()).Read(view.Answers).Select(one => (note, view.State, one)));
        }

        var isGood = rows.All(row => row.Finding.Outcome != "damaged");
        return new CommandResult(
            new JsonObject
            {
                ["good"] = isGood,
                ["answers"] = new JsonArray([.. rows.Select(row => Json(row.Note, row.State, row.Finding))]),
            },
            rows.Count == 0
                ? ["Nothing was handed over; see fairshare backup standing give --help."]
                :
                [
                    .. Columns.Lines(
                        ["work", "backup", "orders", "state", "peer", "last answer", "at"],
                        rows.Select(row => Cells(row.Note, row.State, row.Finding))
                    ),
                ],
            isGood ? ExitCode.Ok : ExitCode.NotVerified
        );
    }

    // As it was given; the peers have other words for it.
    private static string WhatOf(StandingNote note) =>
        note.Work.Action == PeerRoutes.ActionOf(PeerRoutes.ProveShare) ? "check"
        : note.Work.Action == PeerRoutes.ActionOf(PeerRoutes.DeleteShare) ? "delete"
        : "refresh";

    private static string[] Cells(StandingNote note, string state, StandingFinding finding) =>
        [
            note.Id,
            note.Work.Backup,
            WhatOf(note),
            state,
            finding.Peer,
            finding.Outcome + (finding.IsLate ? ", late" : ""),
            finding.At?.ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture) ?? "",
        ];

    private static JsonObject Json(StandingNote note, string state, StandingFinding finding) =>
        new JsonObject
        {
            ["work"] = note.Id,
            ["backup"] = note.Work.Backup,
            ["orders"] = WhatOf(note),
            ["state"] = state,
            ["peer"] = finding.Peer,
            ["outcome"] = finding.Outcome,
            ["at"] = finding.At is { } at ? Timestamp.Format(at) : null,
            ["late"] = finding.IsLate,
        };

    private static async Task<CommandResult> WithdrawAsync(CommandContext context, CancellationToken cancellationToken)
    {
        var (folder, id) = (new StandingFolder(context.Profile), context.Arguments.GetRequiredValue(Work));
        var note =
            folder.Notes.FirstOrDefault(one => one.Id == id)
            ?? throw new CommandException(
                ExitCode.Usage,
                "unknown-work",
                "No work of this id is noted here.",
                "See fairshare backup standing show."
            );
        var view = await context.Api(note.Coordinator).CallAsync(StandingRoutes.WithdrawWork, StandingWorkId.Parse(id), cancellationToken);
        folder.Forget(id);
        return new CommandResult(
            new JsonObject { ["work"] = id, ["state"] = view.State },
            [$"Withdrawn. Orders that the coordinator still has stay good until {Timestamp.Format(view.Until)}."]
        );
    }
}
