using FairShare.Contracts.Exchange;
using FairShare.Contracts.Http;
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
        var cursor = call.Query("cursor");
        var noted = cursor is null ? await services.Usage.ListStartedAsync(call.Party, cancellationToken) : [];
        var started = await services.Exchanges.FindAllAsync(noted, cancellationToken);
        var ended = await services.Exchanges.ListEndedAsync(call.Party, cursor, cancellationToken);
        var all = started.OrderByDescending(exchange => exchange.OpenedAt).Concat(ended.Entries).DistinctBy(exchange => exchange.Id);
        return new ExchangePage([.. all.Select(exchange => exchange.ToView())], ended.Cursor);
    }
}
