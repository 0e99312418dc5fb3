using FairShare.Contracts;
using FairShare.Exchange.States;
using FairShare.Functions.Hosting;
using FairShare.Functions.Http;

namespace FairShare.Functions.Exchange;

/// <summary>Gives the downloader of a completed exchange a fresh, short-lived GET of the document; any number of times.</summary>
internal sealed class RenewDownload(FunctionServices services) : IApiHandler
{
    public async Task<ApiAnswer> HandleAsync(ApiCall call, CancellationToken cancellationToken)
    {
        var exchange = await services.RequireExchangeAsync(call.ExchangeId, call.Party, cancellationToken);
        if (exchange.Downloader != call.Party)
        {
            throw Problems.ExchangeNotFound.With("You have no such exchange as its downloader.");
        }

        if (exchange.State != ExchangeState.Completed)
        {
            throw Problems.ExchangeNotCompleted.With($"The exchange is {exchange.State}; the document is released when it has completed.");
        }

        var download = await services.DownloadOfAsync(exchange);
        return ApiAnswer.Ok(new DownloadGrant(download.Url, download.Expires), ApiJson.Default.DownloadGrant);
    }
}
