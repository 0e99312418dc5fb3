using FairShare.Aws.Webhooks;
using FairShare.Contracts.Http;
using FairShare.Contracts.Webhooks;
using FairShare.Core.Identifiers;
using FairShare.Functions.Hosting;
using FairShare.Functions.Http;
using FairShare.Functions.Outbound;

namespace FairShare.Functions.Webhooks;

/// <summary>
/// Registers an endpoint, and tells its secret: whoever runs the endpoint needs it before the first message, which is the ping.
/// </summary>
internal sealed class CreateWebhook(FunctionServices services) : IRouteHandler<None, WebhookRequest, WebhookGrant>
{
    private const int Most = 10;

    public async Task<Answer<WebhookGrant>> HandleAsync(ApiCall<None, WebhookRequest> call, CancellationToken cancellationToken)
    {
        var url = services.Webhooks.Rule.Parse(call.Request.Url).AbsoluteUri;
        await services.LimitsOf(call).CountCallAsync(cancellationToken);
        var id = call.IdempotencyKey is { } key
            ? WebhookId.Parse(DerivedId.From("webhook", call.Party, key))
            : WebhookId.New(services.Randomness);
        var standing = await FindOrAddAsync(call.Party, id, url, cancellationToken);
        if (standing.Url != url)
        {
            throw CommonProblems.IdempotencyKeyReused.With("The Idempotency-Key registered another address.");
        }

        var secret = await services.Webhooks.Secrets.DeriveAsync(id, standing.Generation, cancellationToken);
        return new WebhookGrant(id.ToString(), url, standing.Phase.ToString(), WebhookSignature.WriteSecret(secret));
    }

    // Each time that it fails the party has registered another meanwhile: after ten times there are ten, unless some were removed.
    private async Task<WebhookRecord> FindOrAddAsync(PartyId party, WebhookId id, string url, CancellationToken cancellationToken)
    {
        for (var attempt = 0; attempt <= Most; attempt++)
        {
            var registrations = await services.Webhooks.Endpoints.CountRegistrationsAsync(party, cancellationToken);
            var known = await services.Webhooks.Endpoints.ListAsync(party, cancellationToken);
            if (known.FirstOrDefault(webhook => webhook.Id == id) is { } standing)
            {
                return standing;
            }

            var added = Make(party, id, url, known.Count);
            if (await services.Webhooks.Endpoints.TryCreateAsync(added, registrations, cancellationToken))
            {
                return added;
            }
        }

        throw CommonProblems.Busy.With("Other webhooks are being registered; repeat the request.");
    }

    private WebhookRecord Make(PartyId party, WebhookId id, string url, int count) =>
        count >= Most
            ? throw WebhookProblems.TooManyWebhooks.With($"You may have {Most} webhooks; remove one first.")
            : new WebhookRecord
            {
                Id = id,
                Party = party,
                Url = url,
                Phase = WebhookPhase.Pending,
                CreatedAt = Timestamp.Truncate(services.Time.GetUtcNow()),
            };
}
