using FairShare.Aws.Exchange;
using FairShare.Aws.Table;
using FairShare.Contracts.Exchange;
using FairShare.Contracts.Http;
using FairShare.Core.Identifiers;
using FairShare.Functions.Hosting;
using FairShare.Functions.Http;

namespace FairShare.Functions.Exchange;

/// <summary>
/// Lists the caller's exchanges, page by page. What it started lately comes from the notes of step 4, which do not lag as the indexes do:
/// whoever lost the answer of that step finds the exchange here as soon as the workflow has recorded it.
/// </summary>
internal sealed class ListExchanges(FunctionServices services) : IRouteHandler<None, None, ExchangePage>
{
    public async Task<Answer<ExchangePage>> HandleAsync(ApiCall<None, None> call, CancellationToken cancellationToken)
    {
        var (wanted, filter) = (call.ReadPage(), ExchangeFilter.Read(call));
        var page =
            filter is { Document: { } document, Side: not ExchangeSide.Downloader }
            && await IsUploaderAsync(call.Party, document, cancellationToken)
                ? await FilteredPages.ReadAsync(
                    wanted,
                    one => services.Exchanges.ListOfDocumentAsync(document, one, cancellationToken),
                    exchange => filter.Fits(exchange, call.Party)
                )
                : await ListOwnAsync(call.Party, filter, wanted, cancellationToken);
        return new ExchangePage([.. page.Entries.Select(exchange => exchange.ToView())], page.Cursor);
    }

    private async Task<bool> IsUploaderAsync(PartyId party, DocumentId id, CancellationToken cancellationToken) =>
        (await services.Documents.FindAsync(id, cancellationToken))?.Document.Uploader == party;

    private async Task<Page<ExchangeRecord>> ListOwnAsync(
        PartyId party,
        ExchangeFilter filter,
        PageRequest wanted,
        CancellationToken cancellationToken
    )
    {
        Page<ExchangeRecord> started = new([], null);
        if (filter.Side != ExchangeSide.Uploader && StartedListing.Begins(wanted))
        {
            var noted = await services.Usage.ListStartedAsync(party, cancellationToken);
            var found = await services.Exchanges.FindAllAsync(noted, cancellationToken);
            started = StartedListing.Cut(found.Where(exchange => filter.Fits(exchange, party)), wanted);
            if (started.Cursor is not null)
            {
                return started;
            }

            wanted = new(Limit: wanted.Limit - started.Entries.Count);
        }

        var ended = await FilteredPages.ReadAsync(
            wanted,
            one => services.Exchanges.ListEndedAsync(party, filter.Side, filter.Since, one, cancellationToken),
            exchange => filter.Fits(exchange, party)
        );
        return ended with { Entries = [.. started.Entries.Concat(ended.Entries).DistinctBy(exchange => exchange.Id)] };
    }
}
