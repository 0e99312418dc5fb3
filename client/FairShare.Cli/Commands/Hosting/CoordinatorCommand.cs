using System.CommandLine;
using FairShare.Cli.Hosting;
using FairShare.Cli.Output;
using FairShare.Core.Identifiers;
using TemplateHost.Hosting;

namespace FairShare.Cli.Commands.Hosting;

/// <summary><c>coordinator up</c>: a coordinator of standing work on this machine, from the same template that goes to AWS.</summary>
internal static class CoordinatorCommand
{
    private static readonly Option<string> Data = new("--data")
    {
        Description = "Where everything is kept; made when it is not there.",
        HelpName = "DIR",
        DefaultValueFactory = _ => "fairshare-coordinator",
    };

    private static readonly Option<int> Port = new("--port")
    {
        Description = "Port of the API; 0 takes a free one.",
        DefaultValueFactory = _ => 8095,
    };

    private static readonly Option<string[]> Owners = new("--owner")
    {
        Description = "A key whose orders it carries, as fairshare backup owner shows it; may be given several times.",
        HelpName = "KID",
    };

    public static Command Create(CommandRunner runner) =>
        new("coordinator", "Carries owners' signed orders to peers while they are away.")
        {
            runner.Attach(new Command("up", "Run a coordinator on this machine until interrupted.") { Data, Port, Owners }, UpAsync),
        };

    private static async Task<CommandResult> UpAsync(CommandContext context, CancellationToken cancellationToken)
    {
        List<string> owners = [.. (context.Arguments.GetValue(Owners) ?? []).Select(kid => KeyId.Parse(kid).ToString())];
        if (owners.Count == 0)
        {
            throw new CommandException(
                ExitCode.Usage,
                "usage",
                "A coordinator carries somebody's orders: --owner says whose.",
                "Give the key that fairshare backup owner shows."
            );
        }

        var options = new EmbeddedHostOptions
        {
            DataDirectory = Path.GetFullPath(context.Arguments.GetValue(Data)!),
            ApiPort = context.Arguments.GetValue(Port),
        };
        await using var host = await HostTemplate.StartCoordinatorAsync(options, owners, context.Terminal, cancellationToken);
        return await ServedHost.UntilInterruptedAsync(context, "Coordinator", host, cancellationToken);
    }
}
