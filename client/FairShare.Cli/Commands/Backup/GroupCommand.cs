using System.CommandLine;
using System.Text.Json.Nodes;
using FairShare.Backup.Records;
using FairShare.Cli.Output;
using FairShare.Client.Backup.Groups;
using FairShare.Client.Backup.Peers;

namespace FairShare.Cli.Commands.Backup;

/// <summary><c>group</c>: people who keep backups for each other.</summary>
internal static class GroupCommand
{
    private static readonly Argument<string> Name = new("name") { Description = "What the group is called." };

    public static Command Create(CommandRunner runner) =>
        new("group", "Groups whose peers keep backups for their members.")
        {
            runner.Attach(
                new Command("create", "Make a group with a key of its own, and yourself as its member.") { Name, GroupOptions.Domain },
                CreateAsync
            ),
            GroupMemberCommands.Invite(runner),
            GroupMemberCommands.Join(runner),
            GroupMemberCommands.Admit(runner),
            GroupMemberCommands.Remove(runner),
            runner.Attach(new Command("list", "List the groups that are noted here, and their members."), ListAsync),
        };

    private static async Task<CommandResult> CreateAsync(CommandContext context, CancellationToken cancellationToken)
    {
        using var work = new BackupWork(context);
        var name = context.Arguments.GetRequiredValue(Name);
        if (work.Groups.Groups.Any(group => group.Roster.Name == name))
        {
            throw new CommandException(ExitCode.Usage, "group-exists", $"A group called {name} is noted here.", "Give another name.");
        }

        var first = new GroupMember(work.Owner.KeyId, context.Arguments.GetValue(GroupOptions.Domain)!);
        var group = await work.NewGroup().CreateAsync(name, first, cancellationToken);
        var key = work.Groups.KeyPathOf(group.Kid);
        return new CommandResult(
            new JsonObject
            {
                ["group"] = group.Kid.ToString(),
                ["name"] = name,
                ["key"] = key,
            },
            [$"Made the group {name}, {group.Kid}.", $"Peers of the group are run with fairshare peer up --group {key}"]
        );
    }

    private static Task<CommandResult> ListAsync(CommandContext context, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        using var work = new BackupWork(context);
        var groups = work.Groups.Groups;
        return Task.FromResult(
            new CommandResult(
                new JsonObject { ["groups"] = new JsonArray([.. groups.Select(group => GroupOptions.Json(work, group))]) },
                groups.Count == 0
                    ? ["No group is noted here; see fairshare group --help."]
                    :
                    [
                        .. Columns.Lines(
                            ["group", "name", "roster", "member", "domain"],
                            groups.SelectMany(group =>
                                group.Roster.Members.Select(member =>
                                    new[]
                                    {
                                        group.Kid.ToString(),
                                        group.Roster.Name,
                                        $"{group.Roster.Sequence}",
                                        member.Key.ToString(),
                                        member.Domain,
                                    }
                                )
                            )
                        ),
                    ]
            )
        );
    }
}

/// <summary>Options and ways to say things that the commands of groups have.</summary>
internal static class GroupOptions
{
    public static Argument<string> Group { get; } = new("group") { Description = "The group's key or name; see fairshare group list." };

    public static Option<string> Domain { get; } =
        new("--domain")
        {
            Description = "What fails together with what you run: a house, an office (default: mine).",
            HelpName = "TEXT",
            DefaultValueFactory = _ => "mine",
        };

    public static JsonObject Json(BackupWork work, KnownGroup group) =>
        new()
        {
            ["group"] = group.Kid.ToString(),
            ["name"] = group.Roster.Name,
            ["seq"] = group.Roster.Sequence,
            ["roster"] = work.Groups.RosterPathOf(group.Kid),
            ["members"] = new JsonArray([
                .. group.Roster.Members.Select(member => new JsonObject { ["kid"] = member.Key.ToString(), ["domain"] = member.Domain }),
            ]),
        };

    /// <summary>Hands the roster to the group's peers that are noted here, and says which have it.</summary>
    public static async Task<CommandResult> HandOutAsync(
        BackupWork work,
        KnownGroup group,
        string done,
        CancellationToken cancellationToken
    )
    {
        var peers = work.Session(work.Folder.Peers.Where(peer => peer.Group == group.Kid.ToString())).Peers;
        var outcomes = await peers.AskAsync(async peer =>
        {
            var standing = (await peer.HandAsync(group.Record.Text, cancellationToken)).Roster;
            return standing == group.Record.Text ? standing : throw peer.BadAnswer("another roster, which stands there");
        });
        List<(KnownPeer Peer, PeerFailure Failure)> failures =
        [
            .. outcomes.Where(one => one.Failure is not null).Select(one => (one.Peer.Peer, one.Failure!)),
        ];
        var json = Json(work, group);
        json["takers"] = outcomes.Count - failures.Count;
        json["failed"] = new JsonArray([.. failures.Select(BackupOptions.Json)]);
        return new CommandResult(
            json,
            [
                done,
                .. failures.Select(BackupOptions.Line),
                $"{outcomes.Count - failures.Count} of {outcomes.Count} peers have roster {group.Roster.Sequence}; "
                    + $"the others get it with the next order that shows it. It is {work.Groups.RosterPathOf(group.Kid)}.",
            ]
        );
    }
}
