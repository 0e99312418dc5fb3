using FairShare.Contracts.Exchange;
using FairShare.Contracts.Http;
using FairShare.Core.Identifiers;
using FairShare.Functions.Hosting;
using FairShare.Functions.Http;

namespace FairShare.Functions.Exchange;

/// <summary>Shows either party where an exchange stands.</summary>
internal sealed class GetExchange(FunctionServices services) : IRouteHandler<ExchangeId, None, ExchangeView>
{
    public async Task<Answer<ExchangeView>> HandleAsync(ApiCall<ExchangeId, None> call, CancellationToken cancellationToken)
    {
        var exchange = await services.RequireExchangeAsync(call.Subject, call.Party, cancellationToken);
        return exchange.ToView();
    }
}
