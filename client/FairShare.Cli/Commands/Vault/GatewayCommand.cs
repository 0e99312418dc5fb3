using System.CommandLine;
using System.Net.Sockets;
using System.Text.Json.Nodes;
using FairShare.Cli.Output;
using FairShare.Client.Vault.Gateway;
using FairShare.Core.Identifiers;
using FairShare.Vault.Items;

namespace FairShare.Cli.Commands.Vault;

/// <summary><c>vault gateway</c>: the seed's own protocol, on this machine.</summary>
internal static class GatewayCommand
{
    private const long DefaultLimit = 1L << 30;

    private static readonly Option<int> Port = new("--port")
    {
        Description = "Port of the gateway; 0 takes a free one. Ports below 1024 need a right of their own on most systems.",
        DefaultValueFactory = _ => 954,
    };

    private static readonly Option<bool> Rsa = new("--rsa")
    {
        Description = "Have connections begin with an exchange of RSA keys, and be encrypted under them.",
    };

    private static readonly Option<long> MaxSize = new("--max-size")
    {
        Description = "The most bytes of a file (default: 1 GiB).",
        HelpName = "BYTES",
        DefaultValueFactory = _ => DefaultLimit,
    };

    public static Command Create(CommandRunner runner) =>
        runner.Attach(
            new Command("gateway", "Serve programs that talk FSS, on this machine alone: they store and fetch through your vault.")
            {
                Port,
                Rsa,
                VaultOptions.Expires,
                VaultOptions.Opens,
                MaxSize,
            },
            RunAsync
        );

    private static async Task<CommandResult> RunAsync(CommandContext context, CancellationToken cancellationToken)
    {
        var arguments = context.Arguments;
        var life = DurationText.Parse(arguments.GetValue(VaultOptions.Expires) ?? "7d");
        ItemLimits.Require(arguments.GetValue(VaultOptions.Opens), life, context.Time.GetUtcNow());
        using var session = new VaultSession(context);
        var client = await session.ConnectAsync(cancellationToken);
        var store = new GatewayStore(
            client,
            session.Folder,
            session.Journal(context.RequireSettings().Service),
            new(life, arguments.GetValue(VaultOptions.Opens), arguments.GetValue(MaxSize)),
            new SystemRandomness()
        );
        using var gateway = Start(store, context);
        var ready = new JsonObject { ["port"] = gateway.Port, ["rsa"] = arguments.GetValue(Rsa) };
        context.Terminal.Output.WriteLine(
            context.Json ? CommandResult.ToText(ready) : $"Listening on 127.0.0.1:{gateway.Port} until interrupted."
        );
        await gateway.RunAsync(cancellationToken);
        return new(new JsonObject { ["stopped"] = true }, ["Stopped."]);
    }

    private static VaultGateway Start(GatewayStore store, CommandContext context)
    {
        var port = context.Arguments.GetValue(Port);
        try
        {
            return VaultGateway.Start(store, port, context.Arguments.GetValue(Rsa), context.Time);
        }
        catch (Exception fault) when (fault is SocketException or ArgumentOutOfRangeException)
        {
            throw new CommandException(
                ExitCode.LocalFile,
                "cannot-start",
                $"Server operation was aborted: port {port} cannot be listened on: {fault.Message}",
                "Give another one with --port."
            );
        }
    }
}
