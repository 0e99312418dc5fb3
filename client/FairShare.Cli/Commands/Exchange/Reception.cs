using FairShare.Cli.Output;
using FairShare.Client.Exchange;
using FairShare.Client.Parties;
using FairShare.Client.Transfers;
using FairShare.Contracts.Exchange;
using FairShare.Core.Identifiers;

namespace FairShare.Cli.Commands.Exchange;

/// <summary>
/// Receives a document, in this order: the key opens, the place is held, the exchange is opened, what will be signed is shown and agreed
/// to, the receipt is signed. Where one step fails, the later ones have not begun.
/// </summary>
/// <param name="context">The command's.</param>
/// <param name="client">The party's client.</param>
/// <param name="folder">Where the document goes.</param>
/// <param name="agreed">Whether the receipt may be signed without asking.</param>
internal sealed class Reception(CommandContext context, FairShareClient client, string folder, bool agreed)
{
    private const string Reason = "not-wanted";

    /// <param name="standing">An exchange to go on with, or null.</param>
    /// <param name="view">The document; null where <paramref name="standing"/> says which.</param>
    /// <param name="open">Opens an exchange where none stands, and tells of it as soon as it is open.</param>
    /// <param name="require">What must hold of an exchange before a receipt is signed for it.</param>
    /// <param name="cancellationToken">Stops it.</param>
    public async Task<CommandResult> RunAsync(
        StandingExchange? standing,
        DocumentView? view,
        Func<Action<OpenedExchange>, Task<OpenedExchange>> open,
        Action<OpenedExchange> require,
        CancellationToken cancellationToken
    )
    {
        if (standing is { NeedsReceipt: false })
        {
            Note(standing.Exchange);
            return await FetchAsync(standing.Exchange, cancellationToken);
        }

        Consent.Require(context, agreed);
        var signer = await context.OpenSignerAsync(client, cancellationToken);
        var (name, id, size) = standing is { Exchange.Document: var known }
            ? (known.Name, known.Id, known.Size)
            : (DocumentName.Parse(view!.Name), DocumentId.Parse(view.FileId), view.Size);
        using var place = await client.ReserveAsync(folder, name, id, size, cancellationToken);
        context.Profile.RequireRoomForEvidence();
        var exchange = standing?.Exchange ?? await open(Note);
        Note(exchange);
        require(exchange);
        await ContactKeys.RequireSenderAsync(context, client, exchange, cancellationToken);
        var consent = agreed ? ConsentAnswer.Yes : Consent.Ask(context, exchange, signer.KeyId);
        return consent switch
        {
            ConsentAnswer.Yes => await SignAsync(exchange, place, signer, cancellationToken),
            ConsentAnswer.Decline => EndingCommands.Describe(
                exchange,
                await client.DeclineAsync(exchange, Reason, signer, cancellationToken)
            ),
            _ => GetAnswers.Opened(context, exchange),
        };
    }

    private async Task<CommandResult> SignAsync(
        OpenedExchange exchange,
        DownloadPlace place,
        IPartySigner signer,
        CancellationToken cancellationToken
    )
    {
        try
        {
            return GetAnswers.Received(exchange, await AcceptAsync(exchange, place, signer, cancellationToken), wasThere: false);
        }
        catch (ReceiptStandsProblem problem)
        {
            // Another command of the party was faster: what it got by its receipt is ours too.
            var given = problem.Standing.Exchange;
            Note(given);
            return GetAnswers.Received(given, await AcceptAsync(given, place, null, cancellationToken), wasThere: false);
        }
    }

    // From here on a failure says what stands.
    private void Note(OpenedExchange exchange) => context.Amend = failure => Standing.After(failure, exchange, context, folder);

    private async Task<CommandResult> FetchAsync(OpenedExchange exchange, CancellationToken cancellationToken)
    {
        var document = exchange.Document;
        if (await client.FindReceivedAsync(exchange, folder, cancellationToken) is { } there)
        {
            return GetAnswers.Received(exchange, there, wasThere: true);
        }

        using var place = await client.ReserveAsync(folder, document.Name, document.Id, document.Size, cancellationToken);
        return GetAnswers.Received(exchange, await AcceptAsync(exchange, place, null, cancellationToken), wasThere: false);
    }

    private Task<ReceivedDocument> AcceptAsync(
        OpenedExchange exchange,
        DownloadPlace place,
        IPartySigner? signer,
        CancellationToken cancellationToken
    ) =>
        context.Terminal.WithProgressAsync(progress =>
            client.AcceptAsync(exchange, place, signer, new TransferWatch(progress), cancellationToken)
        );
}
