using System.CommandLine;
using System.Text.Json.Nodes;
using FairShare.Cli.Output;
using FairShare.Client.Exchange;
using FairShare.Core.Identifiers;

namespace FairShare.Cli.Commands.Exchange;

/// <summary><c>get</c>: steps 4 to 8 and the download.</summary>
internal static class GetCommand
{
    private static readonly Argument<string?> Document = new("file-id")
    {
        Description = "The document to ask for.",
        Arity = ArgumentArity.ZeroOrOne,
    };

    private static readonly Option<string?> Exchange = new("--exchange")
    {
        Description = "Go on with an exchange that was begun earlier, or download its document again.",
        HelpName = "EXCHANGE",
    };

    private static readonly Option<string> Out = new("--out")
    {
        Description = "Where the document goes (default: here).",
        HelpName = "DIR",
        DefaultValueFactory = _ => ".",
    };

    private static readonly Option<long?> Deadline = new("--deadline")
    {
        Description = "Seconds until the exchange expires (default: the service's).",
        HelpName = "SECONDS",
    };

    private static readonly Option<string?> Digest = new("--digest")
    {
        Description = "Sign only when the document has this digest (base64url).",
    };

    private static readonly Option<bool> NoSign = new("--no-sign")
    {
        Description = "Stop with the challenge in hand: sign nothing, receive nothing.",
    };

    public static Command Create(CommandRunner runner) =>
        runner.Attach(
            new Command("get", "Receive a document: signs a receipt for it.") { Document, Exchange, Out, Deadline, Digest, NoSign },
            RunAsync
        );

    private static async Task<CommandResult> RunAsync(CommandContext context, CancellationToken cancellationToken)
    {
        var client = await context.ConnectAsync(cancellationToken);
        var exchange = await OpenAsync(context, client, cancellationToken);
        RequireDigest(exchange, context.Arguments.GetValue(Digest));
        if (context.Arguments.GetValue(NoSign))
        {
            return DescribeOpened(exchange);
        }

        var signer = context.OpenSigner(client);
        var folder = context.Arguments.GetValue(Out)!;
        var received = await context.Terminal.WithProgressAsync(progress =>
            client.AcceptAsync(exchange, folder, signer, new TransferWatch(progress), cancellationToken)
        );
        return DescribeReceived(exchange, received);
    }

    private static async Task<OpenedExchange> OpenAsync(CommandContext context, FairShareClient client, CancellationToken cancellationToken)
    {
        return (context.Arguments.GetValue(Document), context.Arguments.GetValue(Exchange)) switch
        {
            ({ } document, null) => await client.OpenAsync(
                DocumentId.Parse(document),
                context.Arguments.GetValue(Deadline),
                new TransferWatch(),
                cancellationToken
            ),
            (null, { } exchange) => client.Reopen(ExchangeId.Parse(exchange)),
            _ => throw new CommandException(
                ExitCode.Usage,
                "no-document",
                "Name a document, or an exchange that was begun.",
                "Give FILE-ID, or --exchange EXCHANGE."
            ),
        };
    }

    private static void RequireDigest(OpenedExchange exchange, string? digest)
    {
        if (digest is null || exchange.Document.Digest?.Value.ToString() == digest)
        {
            return;
        }

        throw exchange.Document.Digest is { } disclosed
            ? new CommandException(
                ExitCode.NotVerified,
                "digest-mismatch",
                $"The document's digest is {disclosed.Value}; nothing was signed.",
                $"Refuse it with fairshare decline {exchange.Id}, or let it expire."
            )
            : new CommandException(
                ExitCode.NotVerified,
                "digest-not-disclosed",
                "The uploader does not disclose the document's digest before the receipt; nothing was signed.",
                $"Ask the uploader for put --disclose-digest, refuse with fairshare decline {exchange.Id}, or go on without --digest."
            );
    }

    private static CommandResult DescribeOpened(OpenedExchange exchange) =>
        new(
            new JsonObject
            {
                ["exchangeId"] = exchange.Id.ToString(),
                ["fileId"] = exchange.Document.Id.ToString(),
                ["name"] = exchange.Document.Name.ToString(),
                ["size"] = exchange.Document.Size,
                ["digest"] = exchange.Document.Digest?.Value.ToString(),
                ["commitment"] = exchange.Document.Commitment?.ToString(),
                ["due"] = Timestamp.Format(exchange.Due),
                ["state"] = "AwaitingReceipt",
                ["evidence"] = exchange.Folder.Path,
            },
            [
                $"Exchange {exchange.Id}: {exchange.Document.Name}, {exchange.Document.Size} bytes, {Words.Of(exchange.Document)}.",
                $"Nothing is signed. Until {Timestamp.Format(exchange.Due)}: fairshare get --exchange {exchange.Id}, or "
                    + $"fairshare decline {exchange.Id}",
            ]
        );

    private static CommandResult DescribeReceived(OpenedExchange exchange, ReceivedDocument received) =>
        new(
            new JsonObject
            {
                ["exchangeId"] = exchange.Id.ToString(),
                ["fileId"] = exchange.Document.Id.ToString(),
                ["path"] = received.Path,
                ["size"] = exchange.Document.Size,
                ["digest"] = received.Evidence.Evidence.Document?.Digest?.Value.ToString(),
                ["state"] = received.Evidence.Evidence.State.ToString(),
                ["evidence"] = received.Evidence.Folder.Path,
            },
            [
                $"Received {received.Path} ({exchange.Document.Size} bytes), digest as the evidence of origin says.",
                $"The evidence of exchange {exchange.Id}, verified, is in {received.Evidence.Folder.Path}.",
            ]
        );
}
