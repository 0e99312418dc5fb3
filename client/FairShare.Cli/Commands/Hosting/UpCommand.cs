using System.CommandLine;
using System.Text.Json.Nodes;
using FairShare.Cli.Hosting;
using FairShare.Cli.Hosting.Web;
using FairShare.Cli.Output;
using FairShare.Core.Identifiers;
using FairShare.Host;
using TemplateHost.Hosting;

namespace FairShare.Cli.Commands.Hosting;

/// <summary><c>up</c>: the service on this machine, from the same template that goes to AWS.</summary>
internal static class UpCommand
{
    // Sessions last twelve hours.
    private static readonly TimeSpan RenewalInterval = TimeSpan.FromHours(6);
    private static readonly TimeSpan RetryInterval = TimeSpan.FromMinutes(1);

    private static readonly Option<string> Data = new("--data")
    {
        Description = "Where everything is kept; made when it is not there.",
        HelpName = "DIR",
        DefaultValueFactory = _ => "fairshare-data",
    };

    private static readonly Option<int> Port = new("--port")
    {
        Description = "Port of the API; 0 takes a free one.",
        DefaultValueFactory = _ => 8080,
    };

    private static readonly Option<int> AwsPort = new("--aws-port")
    {
        Description = "Port of the AWS endpoint; 0 takes a free one.",
        DefaultValueFactory = _ => 4566,
    };

    private static readonly Option<int?> PagePort = new("--page-port")
    {
        Description = "Port of the web page; 0 takes a free one (default: the next after the API's).",
        HelpName = "N",
    };

    private static readonly Option<int> Transactions = new("--transaction-ms")
    {
        Description = "Milliseconds for which a transaction holds its items, so that others conflict with it as at AWS; 0 to 10000.",
        HelpName = "N",
    };

    private static readonly Option<bool> LoopbackWebhooks = new("--loopback-webhooks")
    {
        Description = "Let webhooks lead to servers on this machine, by http too. Deployed services call public addresses only.",
    };

    private static readonly Option<int> Peers = new("--peers")
    {
        Description = "How many peers of dispersed backups run beside it, each with a state and an address of its own; 0 to 40.",
        HelpName = "N",
    };

    private static readonly Option<string[]> PeerOwners = new("--peer-owner")
    {
        Description = "A key for which these keep backups, as fairshare backup owner shows it (default: for anybody here).",
        HelpName = "KID",
    };

    private static readonly Option<bool> Audit = new("--audit")
    {
        Description = "Run the scheduled auditor beside it: every hour its report goes to a bucket, its metrics to the error output.",
    };

    public static Command Create(CommandRunner runner) =>
        runner.Attach(
            new Command("up", "Run the service on this machine until interrupted.")
            {
                Data,
                Port,
                AwsPort,
                PagePort,
                PageOption.Folder,
                Transactions,
                LoopbackWebhooks,
                Peers,
                PeerOwners,
                Audit,
                HostOptions.Functions,
            },
            RunAsync
        );

    private static async Task<CommandResult> RunAsync(CommandContext context, CancellationToken cancellationToken)
    {
        var arguments = context.Arguments;
        var (count, owners) = (CountOf(arguments.GetValue(Peers)), OwnersOf(arguments.GetValue(PeerOwners)));
        var data = Path.GetFullPath(arguments.GetValue(Data)!);
        var folder = PageOption.Find(context);
        var options = new EmbeddedHostOptions
        {
            DataDirectory = data,
            ApiPort = arguments.GetValue(Port),
            AwsPort = arguments.GetValue(AwsPort),
            FunctionsDirectory = HostOptions.FunctionsOf(context),
            FunctionVariables = NoticesStack.Variables,
            TransactionDuration = DurationOf(arguments.GetValue(Transactions)),
        };
        await using var host = await HostTemplate.StartAsync(
            options,
            context.Terminal,
            cancellationToken,
            arguments.GetValue(LoopbackWebhooks)
        );
        var mailbox = await LocalMailbox.OpenAsync(host, Path.Combine(data, "mailbox"), context.Terminal, cancellationToken);
        var auditor = arguments.GetValue(Audit) ? await LocalAuditor.DeployAsync(host, cancellationToken) : null;
        await using var peers = await LocalPeers.StartAsync(
            Path.Combine(data, "peers"),
            count,
            owners,
            context.Terminal,
            cancellationToken
        );
        await using var page = folder is null ? null : await StartPageAsync(folder, context, host, cancellationToken);
        var profiles = new AwsProfiles(host, Path.Combine(data, "aws"), auditor?.Outputs);
        profiles.Write();
        var said = new UpAnnouncement(context);
        host.Mailbox.Delivered += (_, mail) =>
            said.Write(
                new JsonObject
                {
                    ["mailTo"] = mail.Address,
                    ["subject"] = mail.Subject,
                    ["code"] = mail.Code.Length > 0 ? mail.Code : null,
                },
                [$"Mail to {mail.Address}: {mail.Subject}: {(mail.Code.Length > 0 ? mail.Code : $"in {mailbox.Folder}")}"]
            );
        said.Announce(host, profiles, peers, page?.Url, auditor);
        await UntilInterruptedAsync(context, profiles, cancellationToken);
        return new CommandResult(new JsonObject { ["stopped"] = true }, ["Stopped; everything acknowledged is kept."]);
    }

    private static TimeSpan DurationOf(int milliseconds) =>
        milliseconds is >= 0 and <= 10_000
            ? TimeSpan.FromMilliseconds(milliseconds)
            : throw Wrong("--transaction-ms is a number from 0 to 10000.");

    private static int CountOf(int peers) => peers is >= 0 and <= 40 ? peers : throw Wrong("--peers is a number from 0 to 40.");

    private static IReadOnlyList<string> OwnersOf(string[]? given) =>
        given is { Length: > 0 } ? [.. given.Select(kid => KeyId.Parse(kid).ToString())] : ["*"];

    // A page at another address is another page to a browser, which keeps keys by address: so the port is the same at every start.
    private static Task<PageServer> StartPageAsync(
        PageFolder folder,
        CommandContext context,
        EmbeddedHost host,
        CancellationToken cancellationToken
    )
    {
        var api = context.Arguments.GetValue(Port);
        var port = context.Arguments.GetValue(PagePort) ?? (api == 0 ? 0 : api + 1);
        return PageServer.StartAsync(folder, port, host.ApiUrl, host.AwsUrl, cancellationToken);
    }

    private static CommandException Wrong(string message) => new(ExitCode.Usage, "usage", message, "See fairshare up --help.");

    private static async Task UntilInterruptedAsync(CommandContext context, AwsProfiles profiles, CancellationToken cancellationToken)
    {
        var renewed = true;
        try
        {
            while (true)
            {
                await Task.Delay(renewed ? RenewalInterval : RetryInterval, context.Time, cancellationToken);
                renewed = TryRenew(context, profiles);
            }
        }
        catch (OperationCanceledException)
        {
            // This is how it is meant to end.
        }
    }

    /// <summary>A disk that is full for a while must not end the service.</summary>
    private static bool TryRenew(CommandContext context, AwsProfiles profiles)
    {
        try
        {
            profiles.Write();
            return true;
        }
        catch (IOException fault)
        {
            context.Terminal.Error.WriteLine($"The AWS profiles could not be renewed: {TerminalText.Of(fault.Message)}");
            return false;
        }
    }
}
