using FairShare.Contracts.Exchange;
using FairShare.Contracts.Http;
using FairShare.Core.Identifiers;
using FairShare.Exchange.States;
using FairShare.Functions.Hosting;
using FairShare.Functions.Http;

namespace FairShare.Functions.Exchange;

/// <summary>Gives the downloader of a completed exchange a fresh, short-lived GET of the document; any number of times.</summary>
internal sealed class RenewDownload(FunctionServices services) : IRouteHandler<ExchangeId, None, DownloadGrant>
{
    public async Task<Answer<DownloadGrant>> HandleAsync(ApiCall<ExchangeId, None> call, CancellationToken cancellationToken)
    {
        var exchange = await services.RequireOpenedAsync(call.Subject, call.Party, cancellationToken);
        if (exchange.State != ExchangeState.Completed)
        {
            throw ExchangeProblems.ExchangeNotCompleted.With(
                $"The exchange is {exchange.State}; the document is released when it has completed."
            );
        }

        var download = await services.DownloadOfAsync(exchange);
        return new DownloadGrant(download.Url, download.Expires);
    }
}
