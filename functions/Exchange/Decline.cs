using FairShare.Aws.Workflow;
using FairShare.Core.Identifiers;
using FairShare.Exchange.Evidence;
using FairShare.Exchange.States;
using FairShare.Functions.Hosting;
using FairShare.Functions.Http;

namespace FairShare.Functions.Exchange;

/// <summary>The downloader declines an open exchange with a signed refusal. A repeat answers with the stored outcome.</summary>
internal sealed class Decline(FunctionServices services) : IApiHandler
{
    public async Task<ApiAnswer> HandleAsync(ApiCall call, CancellationToken cancellationToken)
    {
        var body = call.Body(ApiJson.Default.ReceiptRequest);
        var exchange = await services.RequireOpenedAsync(call.ExchangeId, call.Party, cancellationToken);
        if (exchange.Ending is null)
        {
            if (Nonce.Parse(body.Nonce) != exchange.Challenge.Statement.Nonce)
            {
                throw Problems.WrongNonce.With("The nonce is not the challenge's.");
            }

            var expected = Statements.Refusal(null, exchange.Challenge, null, null, null) with { EarliestGen = exchange.OpenedAt };
            var refusal = await services.PartyEvidence.AcceptAsync(body.Signature, expected, exchange.OpenedAt, cancellationToken);
            var accepted = new AcceptedRefusal(refusal.Token, refusal.At);
            exchange = await services.SignalAsync(
                exchange,
                token => services.Workflow.TryDeclineAsync(token, accepted, cancellationToken),
                cancellationToken
            );
        }

        var view = exchange.ToView();
        return exchange.State switch
        {
            ExchangeState.AwaitingReceipt => ApiAnswer.Accepted(view, ApiJson.Default.ExchangeView, $"/exchanges/{exchange.Id}"),
            ExchangeState.Declined => ApiAnswer.Ok(view, ApiJson.Default.ExchangeView),
            var ended => throw Problems.ExchangeEnded.With($"The exchange has ended: {ended}."),
        };
    }
}
