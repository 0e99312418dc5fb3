using System.CommandLine;
using FairShare.Cli.Hosting;
using FairShare.Cli.Output;
using FairShare.Core.Identifiers;
using FairShare.Host;
using TemplateHost.Hosting;

namespace FairShare.Cli.Commands.Hosting;

/// <summary><c>peer up</c>: a peer on this machine, from the same template that goes to AWS.</summary>
internal static class PeerUpCommand
{
    private static readonly Option<string> Data = new("--data")
    {
        Description = "Where everything is kept; made when it is not there.",
        HelpName = "DIR",
        DefaultValueFactory = _ => "fairshare-peer",
    };

    private static readonly Option<int> Port = new("--port")
    {
        Description = "Port of the API; 0 takes a free one.",
        DefaultValueFactory = _ => 8090,
    };

    private static readonly Option<string> Domain = new("--domain")
    {
        Description = "What fails together with this peer: a building, a disk (default: this machine).",
        HelpName = "TEXT",
        DefaultValueFactory = _ => "this machine",
    };

    private static readonly Option<string> Operator = new("--operator")
    {
        Description = "Who runs it.",
        HelpName = "TEXT",
        DefaultValueFactory = _ => "me",
    };

    private static readonly Option<string[]> Owners = new("--owner")
    {
        Description = "A key for which it keeps backups, as fairshare backup owner shows it; may be given several times.",
        HelpName = "KID",
    };

    private static readonly Option<string?> Group = new("--group")
    {
        Description = "The JWK of the group whose members it keeps backups for.",
        HelpName = "FILE",
    };

    private static readonly Option<long> Room = new("--room")
    {
        Description = "How many bytes of bodies it keeps.",
        HelpName = "BYTES",
        DefaultValueFactory = _ => 100L << 30,
    };

    public static Command Create(CommandRunner runner) =>
        runner.Attach(
            new Command("up", "Run a peer on this machine until interrupted.") { Data, Port, Domain, Operator, Owners, Group, Room },
            RunAsync
        );

    private static async Task<CommandResult> RunAsync(CommandContext context, CancellationToken cancellationToken)
    {
        var arguments = context.Arguments;
        List<string> owners = [.. (arguments.GetValue(Owners) ?? []).Select(kid => KeyId.Parse(kid).ToString())];
        var group = arguments.GetValue(Group) is { } file ? (await File.ReadAllTextAsync(file, cancellationToken)).Trim() : null;
        if (owners.Count == 0 && group is null)
        {
            throw new CommandException(
                ExitCode.Usage,
                "usage",
                "A peer keeps backups for somebody: --owner or --group says for whom.",
                "Give the key that fairshare backup owner shows."
            );
        }

        var terms = new PeerTerms(arguments.GetValue(Domain)!, arguments.GetValue(Operator)!, owners, arguments.GetValue(Room), group);
        var options = new EmbeddedHostOptions
        {
            DataDirectory = Path.GetFullPath(arguments.GetValue(Data)!),
            ApiPort = arguments.GetValue(Port),
        };
        await using var host = await HostTemplate.StartPeerAsync(options, terms, context.Terminal, cancellationToken);
        return await ServedHost.UntilInterruptedAsync(context, "Peer", host, cancellationToken);
    }
}
