using FairShare.Aws.Webhooks;
using FairShare.Contracts.Webhooks;
using FairShare.Core.Identifiers;
using FairShare.Functions.Hosting;
using FairShare.Functions.Http;

namespace FairShare.Functions.Webhooks;

/// <summary>Has a message delivered again, whatever became of it: with the same id, and all attempts before it.</summary>
internal sealed class ReplayWebhookDelivery(FunctionServices services) : IRouteHandler<WebhookId, ReplayRequest, WebhookDelivery>
{
    public async Task<Answer<WebhookDelivery>> HandleAsync(ApiCall<WebhookId, ReplayRequest> call, CancellationToken cancellationToken)
    {
        var webhook = await services.RequireWebhookAsync(call.Party, call.Subject, cancellationToken);
        if (webhook.Phase != WebhookPhase.Active)
        {
            throw WebhookProblems.NotActive.With("Verify the webhook first.");
        }

        var delivery =
            await services.Webhooks.Deliveries.FindAsync(webhook.Id, call.Request.MessageId, cancellationToken)
            ?? throw WebhookProblems.DeliveryNotFound.With("The webhook was sent no such message, or longer ago than thirty days.");
        await services.LimitsOf(call).CountCallAsync(cancellationToken);
        var again = delivery with
        {
            Phase = DeliveryPhase.Waiting,
            StartedAt = Timestamp.Truncate(services.Time.GetUtcNow()),
            Attempts = 0,
            NextAttemptAt = null,
            Status = null,
            Failure = null,
        };
        await services.Webhooks.Deliveries.PutAsync(again, cancellationToken);
        await services.Webhooks.OrderAsync(webhook, again.MessageId, cancellationToken);
        return again.ToView();
    }
}
