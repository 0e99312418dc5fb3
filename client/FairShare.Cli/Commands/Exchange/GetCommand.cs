using System.CommandLine;
using FairShare.Cli.Output;
using FairShare.Client.Exchange;
using FairShare.Client.Http;
using FairShare.Contracts.Exchange;
using FairShare.Core.Identifiers;
using FairShare.Exchange.States;

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
        Description = "Go on with an exchange that was begun earlier, here or on another machine, or download its document again.",
        HelpName = "EXCHANGE",
    };

    public static readonly Option<string> Out = new("--out")
    {
        Description = "Where the document goes (default: here).",
        HelpName = "DIR",
        DefaultValueFactory = _ => ".",
    };

    private static readonly Option<string?> Digest = new("--digest")
    {
        Description = "Sign only when the document has this SHA-256 digest: hexadecimal as sha256sum prints it, or base64.",
        HelpName = "DIGEST",
    };

    private static readonly Option<bool> NoSign = new("--no-sign")
    {
        Description = "Stop with the challenge in hand: sign nothing, receive nothing.",
    };

    private static readonly Option<bool> Yes = new("--yes") { Description = "Sign without being asked; needed where nobody can be." };

    public static Command Create(CommandRunner runner) =>
        runner.Attach(
            new Command("get", "Receive a document: signs a receipt for it, once.")
            {
                Document,
                Exchange,
                Out,
                DeadlineOption.Deadline,
                StampOption.Stamp,
                Digest,
                NoSign,
                Yes,
                AgainOption.Again,
            },
            RunAsync
        );

    private static async Task<CommandResult> RunAsync(CommandContext context, CancellationToken cancellationToken)
    {
        var arguments = context.Arguments;
        var (subject, deadline) = (SubjectOf(context), DeadlineOption.Read(context));
        _ = arguments.GetValue(Digest) is { } digest ? DigestText.Parse(digest) : default;
        var client = await context.ConnectAsync(cancellationToken);
        client.RequireClock();
        var (document, standing, last) = await FindAsync(client, subject, arguments.GetValue(AgainOption.Again), cancellationToken);
        RefuseDeadlineOf(standing, deadline);
        var opening = new Opening(context, client, last);
        if (arguments.GetValue(NoSign))
        {
            var opened = standing?.Exchange ?? await opening.RunAsync(document!, _ => { }, cancellationToken);
            RequireDigest(opened, arguments.GetValue(Digest));
            return standing is { NeedsReceipt: false } ? GetAnswers.NoMore(context, standing) : GetAnswers.Opened(context, opened);
        }

        return await new Reception(context, client, arguments.GetValue(Out)!, arguments.GetValue(Yes)).RunAsync(
            standing,
            document,
            note => opening.RunAsync(document!, note, cancellationToken),
            exchange => RequireDigest(exchange, arguments.GetValue(Digest)),
            cancellationToken
        );
    }

    private static (DocumentId? Document, ExchangeId? Exchange) SubjectOf(CommandContext context) =>
        (context.Arguments.GetValue(Document), context.Arguments.GetValue(Exchange)) switch
        {
            (null, not null) when context.Arguments.GetValue(DeadlineOption.Deadline) is not null => throw new CommandException(
                ExitCode.Usage,
                "usage",
                "--deadline is for an exchange that is to be opened; the one of --exchange is.",
                "Leave it out, or give FILE-ID."
            ),
            ({ } document, null) => (DocumentId.Parse(document), null),
            (null, { } exchange) => (null, ExchangeId.Parse(exchange)),
            _ => throw new CommandException(
                ExitCode.Usage,
                "no-document",
                "Name a document, or an exchange that was begun.",
                "Give FILE-ID, or --exchange EXCHANGE."
            ),
        };

    private static async Task<(DocumentView? Document, StandingExchange? Standing, ExchangeId? Last)> FindAsync(
        FairShareClient client,
        (DocumentId? Document, ExchangeId? Exchange) subject,
        bool again,
        CancellationToken cancellationToken
    )
    {
        if (subject.Exchange is { } exchange)
        {
            var named = await client.ReopenAsync(exchange, cancellationToken);
            if (named.NeedsReceipt && !again)
            {
                RefuseGiven(await client.FindAsync(named.Exchange.Document.Id, null, cancellationToken));
            }

            return (null, named, null);
        }

        var document = await client.Api.CallAsync(ExchangeRoutes.GetDocument, subject.Document!.Value, cancellationToken);
        if (document.Uploader == client.Party.ToString())
        {
            throw new FairShareProblem(ExchangeProblems.OwnDocument.Code, 403, $"You deposited {document.Name} yourself.");
        }

        if (again)
        {
            return (document, null, null);
        }

        var found = await client.FindAsync(subject.Document.Value, document.DepositedAt, cancellationToken);
        return (document, found.Standing, found.Last);
    }

    // The exchange is another than the named, which needs a receipt.
    private static void RefuseGiven(DocumentExchanges known)
    {
        if (known.Standing is { State: ExchangeState.Completed, Exchange: var given })
        {
            throw new CommandException(
                ExitCode.Usage,
                "receipt-given",
                $"You gave a receipt for this document already, in the exchange {given.Id}.",
                $"Nothing was signed. To have the document again: fairshare get --exchange {given.Id}. To sign another: add --again."
            );
        }
    }

    // Whoever asks for a deadline would take the open exchange's for it. After the receipt there is none any more.
    private static void RefuseDeadlineOf(StandingExchange? standing, long? deadline)
    {
        if (deadline is not null && standing is { NeedsReceipt: true, Exchange: var open })
        {
            throw new CommandException(
                ExitCode.Usage,
                "deadline-stands",
                $"The exchange {open.Id} of this document is open already, until {Timestamp.Format(open.Due)}, which stays so.",
                "Nothing was signed. Leave --deadline out to go on with it, or begin another with --again."
            );
        }
    }

    private static void RequireDigest(OpenedExchange exchange, string? digest)
    {
        if (digest is null || exchange.Document.Digest?.Value == DigestText.Parse(digest))
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
}
