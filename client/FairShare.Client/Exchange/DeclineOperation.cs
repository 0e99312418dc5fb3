using FairShare.Client.Http;
using FairShare.Client.Parties;
using FairShare.Contracts.Exchange;
using FairShare.Core.Identifiers;
using FairShare.Exchange.Evidence;

namespace FairShare.Client.Exchange;

/// <summary>Step a by the downloader.</summary>
internal sealed class DeclineOperation(FairShareClient client, IPartySigner signer)
{
    private readonly FairShareClientOptions options = client.Options;

    public async Task<VerifiedEvidence> RunAsync(OpenedExchange exchange, string reason, CancellationToken cancellationToken)
    {
        client.RequireClock();
        var now = options.Time.GetUtcNow();
        if (now > exchange.Due)
        {
            throw new FairShareProblem(
                "deadline-passed",
                409,
                $"The deadline of the exchange {exchange.Id} has passed; it ends by itself."
            );
        }

        var statement = Statements.Refusal(EvidenceId.New(options.Randomness), exchange.Challenge, now, signer.Holder, reason);
        var refusal = await EvidenceIssuer.IssueAsync(statement, signer, cancellationToken).ConfigureAwait(false);
        var request = new ChallengeReply(exchange.Challenge.Statement.Nonce!.Value.ToString(), refusal.Text);
        await options.Api.CallAsync(ExchangeRoutes.Decline, exchange.Id, request, cancellationToken).ConfigureAwait(false);
        return await new CollectOperation(client).RunAsync(exchange.Id, cancellationToken).ConfigureAwait(false);
    }
}

/// <summary>Fetches the evidence of an exchange.</summary>
internal sealed class CollectOperation(FairShareClient client)
{
    public async Task<VerifiedEvidence> RunAsync(ExchangeId exchange, CancellationToken cancellationToken)
    {
        var folder = OpenedExchange.FolderOf(client.Options.Profile, exchange);
        var answer = await client.Options.Api.CallAsync(ExchangeRoutes.GetEvidence, exchange, cancellationToken).ConfigureAwait(false);
        var verified = await new BundleVerification(client).RunAsync(answer.Tokens, folder, cancellationToken).ConfigureAwait(false);
        folder.WriteSuccessions(answer.Successions ?? []);
        return verified with { Stamps = answer.Stamps, Successions = answer.Successions ?? [] };
    }
}
