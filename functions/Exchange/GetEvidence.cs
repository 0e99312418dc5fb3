using FairShare.Aws.Exchange;
using FairShare.Contracts.Exchange;
using FairShare.Contracts.Http;
using FairShare.Contracts.Parties;
using FairShare.Core.Identifiers;
using FairShare.Exchange.Evidence;
using FairShare.Exchange.States;
using FairShare.Functions.Hosting;
using FairShare.Functions.Http;

namespace FairShare.Functions.Exchange;

/// <summary>
/// Gives either party the evidence of an exchange and the keys to verify it with, offline and for ever. Before the exchange has
/// completed, the downloader is not given the evidence of origin, and there is no receipt to give.
/// </summary>
internal sealed class GetEvidence(FunctionServices services) : IRouteHandler<ExchangeId, None, EvidenceAnswer>
{
    public async Task<Answer<EvidenceAnswer>> HandleAsync(ApiCall<ExchangeId, None> call, CancellationToken cancellationToken)
    {
        var exchange = await services.RequireExchangeAsync(call.Subject, call.Party, cancellationToken);
        var origin =
            call.Party == exchange.Uploader || exchange.State == ExchangeState.Completed
                ? (await services.Documents.FindAsync(exchange.Document, cancellationToken))?.Deposit?.Origin
                : null;
        var tokens = new ExchangeTokens
        {
            Origin = origin?.Text,
            Challenge = exchange.Challenge.Text,
            Receipt = exchange.Ending?.Receipt?.Text,
            Release = exchange.Ending?.Release?.Text,
            Refusal = exchange.Ending?.Refusal?.Text,
            Record = exchange.Ending?.Record?.Text,
        };
        var (keys, successions) = await KeysOfAsync(exchange, origin, cancellationToken);
        var stamps = await StampsOfAsync(origin, exchange.Ending?.Receipt, cancellationToken);
        return new EvidenceAnswer(
            exchange.Id.ToString(),
            exchange.State.ToString(),
            tokens,
            keys,
            stamps,
            successions.Count > 0 ? successions : null
        );
    }

    // Whoever is given a token is given its stamp, and nobody else.
    private async Task<EvidenceStamps?> StampsOfAsync(EvidenceToken? origin, EvidenceToken? receipt, CancellationToken cancellationToken)
    {
        var given = new[] { origin, receipt }.OfType<EvidenceToken>().Select(token => token.Hash).ToList();
        if (given.Count == 0)
        {
            return null;
        }

        var stamps = await services.TokenStamps.FindAsync(given, cancellationToken);
        return stamps.Count == 0 ? null : new EvidenceStamps(Find(origin), Find(receipt));

        string? Find(EvidenceToken? token) => token is null ? null : stamps.GetValueOrDefault(token.Hash);
    }

    // Where keys of the store followed one another, a reader may start at any of them.
    private async Task<(IReadOnlyList<KeyView> Keys, IReadOnlyList<string> Successions)> KeysOfAsync(
        ExchangeRecord exchange,
        EvidenceToken? origin,
        CancellationToken cancellationToken
    )
    {
        var ending = exchange.Ending;
        var signed = new[] { origin, ending?.Receipt, ending?.Refusal }.OfType<EvidenceToken>();
        var seals = new[] { exchange.Challenge, ending?.Release, ending?.Record }.OfType<EvidenceToken>().Select(token => token.KeyId);
        var records = await services.Keys.FindAsync(signed.Select(token => (token.Statement.Signer, token.KeyId)), cancellationToken);
        List<KeyView> views = [.. records.Select(record => record.ToPublicView())];
        var (keys, successions) = await services.StoreKeys.ReadHistoryAsync(cancellationToken);
        var sealing = seals.Concat(views.SelectMany(KeyViews.SealingKeys)).ToHashSet();
        return (
            [.. keys.Where(key => successions.Count > 0 || sealing.Contains(key.KeyId)).Reverse().Select(KeyViews.ToView), .. views],
            successions
        );
    }
}
