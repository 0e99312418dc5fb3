using System.CommandLine;
using System.Text.Json.Nodes;
using FairShare.Backup.Records;
using FairShare.Cli.Commands.Parties;
using FairShare.Cli.Commands.Vault;
using FairShare.Cli.Output;
using FairShare.Client.Backup.Groups;
using FairShare.Core.Identifiers;

namespace FairShare.Cli.Commands.Backup;

/// <summary>
/// <c>group invite</c>, <c>join</c>, <c>admit</c> and <c>remove</c>: how somebody becomes a member, and is none any more.
/// </summary>
internal static class GroupMemberCommands
{
    private static readonly Option<string?> InvitationOut = new("--out")
    {
        Description = "A file for whoever is invited; whoever reads it may ask to join (default: the vault, under a code that opens once).",
        HelpName = "FILE",
    };

    private static readonly Argument<string> From = new("invitation")
    {
        Description = "The code or the file of an invitation; or the file of the group's latest roster.",
    };

    private static readonly Option<string> RequestOut = new("--out")
    {
        Description = "The file with the request, for whoever invited you.",
        HelpName = "FILE",
        DefaultValueFactory = _ => "group-request.json",
    };

    private static readonly Argument<string> Request = new("request") { Description = "The file that they made with group join." };

    private static readonly Argument<string> Member = new("member") { Description = "The member's key; see fairshare group list." };

    public static Command Invite(CommandRunner runner) =>
        runner.Attach(
            new Command("invite", "Invite somebody; the invitation is good once and for thirty days.")
            {
                GroupOptions.Group,
                InvitationOut,
            },
            InviteAsync
        );

    public static Command Join(CommandRunner runner) =>
        runner.Attach(
            new Command("join", "Ask to join a group that you were invited to, or note its latest roster.")
            {
                From,
                GroupOptions.Domain,
                RequestOut,
                AccountCommands.Service,
            },
            JoinAsync
        );

    public static Command Admit(CommandRunner runner) =>
        runner.Attach(
            new Command("admit", "Take in somebody who was invited and asks, by a new roster.") { GroupOptions.Group, Request },
            AdmitAsync
        );

    public static Command Remove(CommandRunner runner) =>
        runner.Attach(
            new Command("remove", "Take a member's rights, by a new roster; a repeat hands it out again.") { GroupOptions.Group, Member },
            RemoveAsync
        );

    private static async Task<CommandResult> InviteAsync(CommandContext context, CancellationToken cancellationToken)
    {
        using var work = new BackupWork(context);
        var group = work.Groups.Get(context.Arguments.GetRequiredValue(GroupOptions.Group));
        var keeping = work.Keep(group);
        if (context.Arguments.GetValue(InvitationOut) is { } path)
        {
            GroupKeeping.WriteInvitation(path, keeping.Invite(new SystemRandomness()));
            return new CommandResult(
                new JsonObject { ["invitation"] = Path.GetFullPath(path) },
                [$"Give {path} to whom you invite, and to nobody else: whoever reads it may ask to join, once."]
            );
        }

        using var vault = new VaultSession(context);
        var client = await vault.ConnectAsync(cancellationToken);
        return await InvitationItem.PutAsync(context, vault, client, keeping.Invite(new SystemRandomness()), group, cancellationToken);
    }

    private static async Task<CommandResult> JoinAsync(CommandContext context, CancellationToken cancellationToken)
    {
        using var work = new BackupWork(context);
        var from = context.Arguments.GetRequiredValue(From);
        if (File.Exists(from) && await ReadRosterAsync(from, cancellationToken) is { } roster)
        {
            return Note(work, roster);
        }

        using var item = File.Exists(from) ? null : await InvitationItem.FetchAsync(context, from, cancellationToken);
        var (group, request) = await new GroupJoining(work.Groups, context.Time).AskAsync(
            item?.Path ?? from,
            work.Owner,
            context.Arguments.GetValue(GroupOptions.Domain)!,
            cancellationToken
        );
        var path = context.Arguments.GetValue(RequestOut)!;
        GroupJoining.Write(path, request);
        return new CommandResult(
            new JsonObject
            {
                ["group"] = group.Kid.ToString(),
                ["name"] = group.Roster.Name,
                ["request"] = Path.GetFullPath(path),
            },
            [
                $"Give {path} to whoever invited you to {group.Roster.Name}, who runs fairshare group admit with it,",
                "and gives you the new roster, which you note with fairshare group join.",
            ]
        );
    }

    private static CommandResult Note(BackupWork work, BackupRecord roster)
    {
        var known = work.Groups.Get(roster.KeyId.ToString());
        var group = work.Groups.Keep(known.Key, roster.Text);
        var json = GroupOptions.Json(work, group);
        var isMember = group.Roster.Has(work.Owner.KeyId);
        json["member"] = isMember;
        return new CommandResult(
            json,
            [$"Noted roster {group.Roster.Sequence} of {group.Roster.Name}: you are {(isMember ? "a" : "no")} member."]
        );
    }

    private static async Task<BackupRecord?> ReadRosterAsync(string path, CancellationToken cancellationToken)
    {
        var text = (await File.ReadAllTextAsync(path, cancellationToken)).Trim();
        return text.StartsWith('{') ? null : BackupRecord.Parse(text, RecordKind.GroupRoster);
    }

    private static async Task<CommandResult> AdmitAsync(CommandContext context, CancellationToken cancellationToken)
    {
        using var work = new BackupWork(context);
        var keeping = work.Keep(work.Groups.Get(context.Arguments.GetRequiredValue(GroupOptions.Group)));
        var request = GroupKeeping.ReadRequest(context.Arguments.GetRequiredValue(Request));
        var group = await keeping.AdmitAsync(request, cancellationToken);
        return await GroupOptions.HandOutAsync(
            work,
            group,
            $"{group.Roster.Members[^1].Key} is a member of {group.Roster.Name}; give them the roster.",
            cancellationToken
        );
    }

    private static async Task<CommandResult> RemoveAsync(CommandContext context, CancellationToken cancellationToken)
    {
        using var work = new BackupWork(context);
        var keeping = work.Keep(work.Groups.Get(context.Arguments.GetRequiredValue(GroupOptions.Group)));
        var member = KeyId.Parse(context.Arguments.GetRequiredValue(Member));
        var group = await keeping.RemoveAsync(member, cancellationToken);
        return await GroupOptions.HandOutAsync(work, group, $"{member} is no member of {group.Roster.Name}.", cancellationToken);
    }
}
