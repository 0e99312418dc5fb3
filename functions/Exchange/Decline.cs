using FairShare.Aws.Exchange;
using FairShare.Contracts.Exchange;
using FairShare.Core.Identifiers;
using FairShare.Exchange.Evidence;
using FairShare.Exchange.States;
using FairShare.Functions.Hosting;
using FairShare.Functions.Http;

namespace FairShare.Functions.Exchange;

/// <summary>The downloader declines an open exchange with a signed refusal. A repeat answers with the stored outcome.</summary>
internal sealed class Decline(FunctionServices services) : IRouteHandler<ExchangeId, ChallengeReply, ExchangeView>
{
    public async Task<Answer<ExchangeView>> HandleAsync(ApiCall<ExchangeId, ChallengeReply> call, CancellationToken cancellationToken)
    {
        var body = call.Request;
        var exchange = await services.RequireOpenedAsync(call.Subject, call.Party, cancellationToken);
        if (exchange.Ending is null)
        {
            exchange.RequireNonce(body.Nonce);
            var expected = Statements.Refusal(null, exchange.Challenge, null, null, null) with { EarliestGen = exchange.OpenedAt };
            var refusal = await services.PartyEvidence.AcceptAsync(
                PartyEvidence.Read(body.Signature),
                expected,
                exchange.OpenedAt,
                cancellationToken
            );
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
            ExchangeState.AwaitingReceipt => Answer.Accepted(view, exchange.Location()),
            ExchangeState.Declined => view,
            var ended => throw ExchangeProblems.ExchangeEnded.With($"The exchange has ended: {ended}."),
        };
    }
}
