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
        var known = await services.Webhooks.Endpoints.ListAsync(call.Party, cancellationToken);
        var standing =
            known.FirstOrDefault(webhook => webhook.Id == id) ?? await AddAsync(call.Party, id, url, known.Count, cancellationToken);
        if (standing.Url != url)
        {
            throw CommonProblems.IdempotencyKeyReused.With("The Idempotency-Key registered another address.");
        }

        var secret = await services.Webhooks.Secrets.DeriveAsync(id, standing.Generation, cancellationToken);
        return new WebhookGrant(id.ToString(), url, standing.Phase.ToString(), WebhookSignature.WriteSecret(secret));
    }

    private async Task<WebhookRecord> AddAsync(PartyId party, WebhookId id, string url, int count, CancellationToken cancellationToken)
    {
        if (count >= Most)
        {
            throw WebhookProblems.TooManyWebhooks.With($"You may have {Most} webhooks; remove one first.");
        }

        var webhook = new WebhookRecord
        {
            Id = id,
            Party = party,
            Url = url,
            Phase = WebhookPhase.Pending,
            CreatedAt = Timestamp.Truncate(services.Time.GetUtcNow()),
        };
        return await services.Webhooks.Endpoints.TryCreateAsync(webhook, cancellationToken)
            ? webhook
            : throw CommonProblems.Busy.With("The same webhook is being registered; repeat the request.");
    }
}
