using FairShare.Client.Evidence;
using FairShare.Client.Http;
using FairShare.Contracts.Exchange;
using FairShare.Core.Identifiers;
using FairShare.Exchange.Evidence;
using FairShare.Exchange.States;

namespace FairShare.Client.Exchange;

/// <summary>
/// Takes up an exchange that was opened earlier, here or elsewhere; what this profile lacks of it comes from the service.
/// </summary>
internal sealed class ReopenOperation(FairShareClient client)
{
    private readonly FairShareClientOptions options = client.Options;

    /// <exception cref="FairShareProblem"><c>exchange-not-found</c>, or <c>not-the-downloader</c>.</exception>
    /// <exception cref="EvidenceProblem">The challenge that came does not verify.</exception>
    /// <exception cref="DamagedEvidenceProblem">What is here of the exchange is damaged.</exception>
    public async Task<StandingExchange> RunAsync(ExchangeId exchange, CancellationToken cancellationToken) =>
        await RunAsync(
                await options.Api.CallAsync(ExchangeRoutes.GetExchange, exchange, cancellationToken).ConfigureAwait(false),
                cancellationToken
            )
            .ConfigureAwait(false);

    public async Task<StandingExchange> RunAsync(ExchangeView view, CancellationToken cancellationToken)
    {
        if (view.Downloader != options.Party.ToString())
        {
            throw new FairShareProblem(
                "not-the-downloader",
                403,
                $"In the exchange {view.ExchangeId} you are the uploader; only its downloader can receive or decline the document."
            );
        }

        var exchange = ExchangeId.Parse(view.ExchangeId);
        var folder = OpenedExchange.FolderOf(options.Profile, exchange);
        if (!folder.Exists)
        {
            await FetchAsync(exchange, folder, cancellationToken).ConfigureAwait(false);
        }

        return new StandingExchange(OpenedExchange.Load(folder), Enum.Parse<ExchangeState>(view.State));
    }

    private async Task FetchAsync(ExchangeId exchange, EvidenceFolder folder, CancellationToken cancellationToken)
    {
        var answer = await options.Api.CallAsync(ExchangeRoutes.GetEvidence, exchange, cancellationToken).ConfigureAwait(false);
        var text = answer.Tokens.Challenge;
        if (!EvidenceToken.TryParse(text, out var challenge, out var refusal))
        {
            throw new EvidenceProblem(refusal.Code, $"The challenge is malformed: {refusal.Detail}", text);
        }

        var stated = challenge.Statement;
        var expected = stated with
        {
            Kind = EvidenceKind.ReceiptChallenge,
            Recipients = [options.Party],
            Store = client.Directory.Store,
            Exchange = exchange,
        };
        // It was made a while ago, and must have been valid then.
        var made = stated.Gen ?? options.Time.GetUtcNow();
        EvidenceProblem.Require(
            EvidenceVerifier.Verify(text, expected, client.Directory.Find, made, ExchangeEvidence.ClockSkew),
            "The challenge",
            text
        );
        folder.Write(new ExchangeTokens { Challenge = text }, client.Directory.Describe([challenge.KeyId]));
    }
}
