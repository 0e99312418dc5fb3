using FairShare.Aws.Webhooks;
using FairShare.Contracts.Http;
using FairShare.Contracts.Webhooks;
using FairShare.Core.Identifiers;
using FairShare.Functions.Hosting;
using FairShare.Functions.Http;
using FairShare.Functions.Outbound;

namespace FairShare.Functions.Webhooks;

/// <summary>
/// Gives an endpoint its next secret. The previous one stays good for a day, so a rotation within that day is refused: it would end the one
/// that the endpoint may still know.
/// </summary>
internal sealed class RotateWebhook(FunctionServices services) : IRouteHandler<WebhookId, None, WebhookSecret>
{
    public async Task<Answer<WebhookSecret>> HandleAsync(ApiCall<WebhookId, None> call, CancellationToken cancellationToken)
    {
        var webhook = await services.RequireWebhookAsync(call.Party, call.Subject, cancellationToken);
        await services.LimitsOf(call).CountCallAsync(cancellationToken);
        var now = Timestamp.Truncate(services.Time.GetUtcNow());
        if (webhook.PreviousUntil(now) is not null || !await services.Webhooks.Endpoints.TryRotateAsync(webhook, now, cancellationToken))
        {
            throw WebhookProblems.Rotated.With("The previous secret is still good; wait until it is not, or make another webhook.");
        }

        var generation = webhook.Generation + 1;
        var secret = await services.Webhooks.Secrets.DeriveAsync(webhook.Id, generation, cancellationToken);
        return new WebhookSecret(webhook.Id.ToString(), generation, WebhookSignature.WriteSecret(secret), now + WebhookRecord.Overlap);
    }
}
