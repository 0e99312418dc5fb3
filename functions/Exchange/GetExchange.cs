using FairShare.Functions.Hosting;
using FairShare.Functions.Http;

namespace FairShare.Functions.Exchange;

/// <summary>Shows either party where an exchange stands.</summary>
internal sealed class GetExchange(FunctionServices services) : IApiHandler
{
    public async Task<ApiAnswer> HandleAsync(ApiCall call, CancellationToken cancellationToken)
    {
        var exchange = await services.RequireExchangeAsync(call.ExchangeId, call.Party, cancellationToken);
        return ApiAnswer.Ok(exchange.ToView(), ApiJson.Default.ExchangeView);
    }
}
