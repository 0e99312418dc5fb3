using FairShare.Aws.Exchange;
using FairShare.Contracts.Exchange;
using FairShare.Contracts.Http;
using FairShare.Core.Identifiers;
using FairShare.Exchange.States;
using FairShare.Functions.Hosting;
using FairShare.Functions.Http;

namespace FairShare.Functions.Exchange;

/// <summary>
/// Lists what the store delivered to the caller, newest first: steps 7, 8 and a. It reads the table, and is the authority.
/// </summary>
internal sealed class ListInbox(FunctionServices services) : IRouteHandler<None, None, InboxPage>
{
    public async Task<Answer<InboxPage>> HandleAsync(ApiCall<None, None> call, CancellationToken cancellationToken)
    {
        var page = await services.Exchanges.ListEndedAsync(call.Party, null, null, call.ReadPage(), cancellationToken);
        var received = page.Entries.Where(exchange => exchange.State == ExchangeState.Completed && exchange.Downloader == call.Party);
        var deposits = await services.Documents.FindDepositsAsync(received.Select(exchange => exchange.Document), cancellationToken);
        var messages = page.Entries.Select(exchange => Describe(exchange, call.Party, deposits)).ToList();
        return new InboxPage(messages, page.Cursor);
    }

    private static InboxMessage Describe(ExchangeRecord exchange, PartyId party, IReadOnlyDictionary<DocumentId, DepositRecord> deposits)
    {
        var ending =
            exchange.Ending ?? throw new InvalidOperationException($"The exchange {exchange.Id} is listed as ended and has no ending.");
        var (step, content) = (ending.State, party == exchange.Uploader) switch
        {
            (ExchangeState.Completed, true) => (
                "7",
                new InboxContent(nameof(ExchangeState.Completed))
                {
                    Downloader = exchange.Downloader.ToString(),
                    Nrr = ending.Receipt?.Text,
                    Release = ending.Release?.Text,
                }
            ),
            (ExchangeState.Completed, false) => (
                "8",
                new InboxContent(nameof(ExchangeState.Completed))
                {
                    Nro = deposits[exchange.Document].Origin.Text,
                    Release = ending.Release?.Text,
                }
            ),
            var (state, isUploader) => (
                "a",
                new InboxContent(state.ToString())
                {
                    Downloader = isUploader ? exchange.Downloader.ToString() : null,
                    Refusal = ending.Refusal?.Text,
                    Record = ending.Record?.Text,
                }
            ),
        };
        return new InboxMessage(step, exchange.Document.ToString(), ending.EndedAt, content, exchange.Id.ToString());
    }
}
