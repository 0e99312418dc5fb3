using FairShare.Client.Evidence;
using FairShare.Client.Exchange;
using FairShare.Client.Http;
using FairShare.Client.Tests.Support;
using FairShare.Contracts.Exchange;
using FairShare.Core.Identifiers;

namespace FairShare.Client.Tests.Kill;

/// <summary>How a round goes on once the challenge is there.</summary>
internal enum Round
{
    Accept,
    Decline,
    Abort,
    AcceptAgainstAbort,
    Lapse,
}

/// <summary>One of the clients: deposits documents for another, who ends each exchange in one of the ways there are.</summary>
/// <param name="uploader">Who deposits.</param>
/// <param name="downloader">Who asks for it.</param>
/// <param name="ledger">What both were told.</param>
/// <param name="workspace">Where documents are.</param>
internal sealed class LoadClient(TestParty uploader, TestParty downloader, Ledger ledger, Workspace workspace)
{
    private const int ShortestDeadline = 5;
    private const int LongDeadline = 3600;

    private static readonly string[] Ended = ["exchange-ended", "deadline-passed", "nonce-used"];

    /// <summary>One document and one exchange of it.</summary>
    /// <param name="name">The document's name, which no other has.</param>
    /// <param name="size">Its size in bytes.</param>
    /// <param name="round">How the exchange goes on.</param>
    public async Task RunAsync(string name, int size, Round round)
    {
        var order = new PutOrder(
            workspace.MakeFile(name, size, size),
            DocumentName.Parse(name),
            MediaType.Unknown,
            [downloader.Client.Party]
        )
        {
            IdempotencyKey = name,
        };
        var deposit = await DepositAsync(order);
        var document = deposit.Document.Id;
        ledger.Deposits[document] = deposit;
        var seconds = round == Round.Lapse ? ShortestDeadline : LongDeadline;
        var exchange = await Outage.OutlastAsync(() => downloader.Client.OpenOnceAsync(document, null, seconds, new(), default));
        ledger.Opened[exchange.Id] = 0;
        await (
            round switch
            {
                Round.Accept => AcceptAsync(exchange),
                Round.Decline => DeclineAsync(exchange),
                Round.Abort => AbortAsync(document),
                Round.AcceptAgainstAbort => Task.WhenAll(AcceptAsync(exchange), AbortAsync(document)),
                _ => Task.CompletedTask,
            }
        );
    }

    // As whoever sends a folder does: what was deposited when an answer was lost, the service knows.
    private async Task<Deposit> DepositAsync(PutOrder order)
    {
        DocumentId? announced = null;
        var watch = new TransferWatch { Announced = id => announced = id };
        return await Outage.OutlastAsync(async () =>
            (announced is { } id ? await uploader.Client.FindDepositAsync(id, default) : null)
            ?? await uploader.Client.PutAsync(order, uploader.Signer, watch, default)
        );
    }

    private async Task AcceptAsync(OpenedExchange exchange)
    {
        try
        {
            await Outage.OutlastAsync(() => downloader.AcceptAsync(exchange, workspace.At("in", $"{exchange.Id}")));
            ledger.Endings.Enqueue((exchange.Id, "Completed"));
        }
        catch (ExchangeEndedProblem ended)
        {
            ledger.Endings.Enqueue((exchange.Id, ended.State));
        }
    }

    private async Task DeclineAsync(OpenedExchange exchange)
    {
        try
        {
            await Outage.OutlastAsync(() => downloader.Client.DeclineAsync(exchange, "not-ordered", downloader.Signer, default));
            ledger.Endings.Enqueue((exchange.Id, "Declined"));
        }
        catch (FairShareProblem problem) when (Ended.Contains(problem.Code))
        {
            // An earlier attempt, whose answer was lost, ended it; the evidence says how.
        }
    }

    private async Task AbortAsync(DocumentId document)
    {
        ledger.Deposits.Remove(document, out _);
        await Outage.OutlastAsync(() => uploader.Client.Api.CallAsync(ExchangeRoutes.AbortDocument, document, default));
    }
}
