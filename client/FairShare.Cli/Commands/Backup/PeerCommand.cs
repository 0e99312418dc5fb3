using System.CommandLine;
using System.Text.Json.Nodes;
using FairShare.Cli.Output;
using FairShare.Client.Backup.Peers;
using FairShare.Core.Keys;

namespace FairShare.Cli.Commands.Backup;

/// <summary><c>peer</c>: who holds shares.</summary>
internal static class PeerCommand
{
    private static readonly Argument<string> Name = new("name") { Description = "What you call the peer." };

    private static readonly Argument<string> Url = new("url") { Description = "The address of its API." };

    private static readonly Option<string?> Roster = new("--roster")
    {
        Description = "The roster of the group by which the peer admits you.",
        HelpName = "FILE",
    };

    public static Command Create(CommandRunner runner) =>
        new("peer", "Peers that hold shares of backups.")
        {
#if WITH_HOST
            Hosting.PeerUpCommand.Create(runner),
#endif
            runner.Attach(new Command("add", "Note a peer and its key; from then on it must be the same.") { Name, Url, Roster }, AddAsync),
            runner.Attach(new Command("list", "List the peers that are noted, and how they are."), ListAsync),
        };

    private static async Task<CommandResult> AddAsync(CommandContext context, CancellationToken cancellationToken)
    {
        using var work = new BackupWork(context);
        var name = context.Arguments.GetRequiredValue(Name);
        var roster = context.Arguments.GetValue(Roster) is { } file ? await File.ReadAllTextAsync(file, cancellationToken) : null;
        var peer = await PeerIntroduction.MeetAsync(
            name,
            context.Api(context.Arguments.GetRequiredValue(Url)),
            roster?.Trim(),
            cancellationToken
        );
        var known = work.Folder.Peers;
        if (name.Contains(',', StringComparison.Ordinal) || name.Contains('=', StringComparison.Ordinal))
        {
            throw new CommandException(ExitCode.Usage, "usage", "A peer's name has no comma and no equals sign.", "Give another name.");
        }

        if (known.FirstOrDefault(other => other.Name == name) is { } before && before.Key != peer.Key)
        {
            throw new CommandException(
                ExitCode.NotVerified,
                BackupProblem.PeerKeyChanged,
                $"{name} is noted with another key.",
                "Nothing was noted. Ask who runs it; give the new peer another name."
            );
        }

        work.Folder.Peers = [.. known.Where(other => other.Name != name), peer];
        var kid = PublicKey.FromJwk(peer.Key).Thumbprint.ToString();
        return new CommandResult(
            new JsonObject
            {
                ["name"] = name,
                ["kid"] = kid,
                ["domain"] = peer.Domain,
                ["operator"] = peer.Operator,
            },
            [$"{name}: domain {peer.Domain}, operator {peer.Operator}, key {kid}"]
        );
    }

    private static async Task<CommandResult> ListAsync(CommandContext context, CancellationToken cancellationToken)
    {
        using var work = new BackupWork(context);
        var peers = work.Folder.Peers;
        if (peers.Count == 0)
        {
            return new CommandResult(new JsonObject { ["peers"] = new JsonArray() }, ["No peer is noted; see fairshare peer add --help."]);
        }

        var outcomes = await work.Session(peers).Peers.AskAsync(peer => peer.DescribeAsync(cancellationToken));
        return new CommandResult(
            new JsonObject
            {
                ["peers"] = new JsonArray([
                    .. outcomes.Select(one => new JsonObject
                    {
                        ["name"] = one.Peer.Peer.Name,
                        ["url"] = one.Peer.Peer.Url,
                        ["domain"] = one.Peer.Peer.Domain,
                        ["operator"] = one.Peer.Peer.Operator,
                        ["failure"] = one.Failure?.Code,
                        ["room"] = one.Value?.Room,
                        ["used"] = one.Value?.Used,
                    }),
                ]),
            },
            [
                .. Columns.Lines(
                    ["peer", "domain", "operator", "used", "room", "health", "address"],
                    outcomes.Select(one =>
                        new[]
                        {
                            one.Peer.Peer.Name,
                            one.Peer.Peer.Domain,
                            one.Peer.Peer.Operator,
                            $"{one.Value?.Used}",
                            $"{one.Value?.Room}",
                            one.Failure?.Code ?? "good",
                            one.Peer.Peer.Url,
                        }
                    )
                ),
            ]
        );
    }
}
