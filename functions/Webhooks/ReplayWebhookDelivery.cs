using FairShare.Aws.Webhooks;
using FairShare.Contracts.Webhooks;
using FairShare.Core.Identifiers;
using FairShare.Functions.Hosting;
using FairShare.Functions.Http;

namespace FairShare.Functions.Webhooks;

/// <summary>
/// Has a message delivered again, whatever became of it: with the same id, and all attempts before it. One that is to be attempted again
/// anyhow is left to that.
/// </summary>
internal sealed class ReplayWebhookDelivery(FunctionServices services) : IRouteHandler<WebhookId, ReplayRequest, WebhookDelivery>
{
    // Those of the service are the 22 characters of an exchange, and a step.
    private const int LongestMessageId = 64;

    public async Task<Answer<WebhookDelivery>> HandleAsync(ApiCall<WebhookId, ReplayRequest> call, CancellationToken cancellationToken)
    {
        var webhook = await services.RequireWebhookAsync(call.Party, call.Subject, cancellationToken);
        if (webhook.Phase != WebhookPhase.Active)
        {
            throw WebhookProblems.NotActive.With("Verify the webhook first.");
        }

        var delivery =
            await FindAsync(webhook.Id, call.Request.MessageId, cancellationToken)
            ?? throw WebhookProblems.DeliveryNotFound.With("The webhook was sent no such message, or longer ago than thirty days.");
        await services.LimitsOf(call).CountCallAsync(cancellationToken);
        var now = Timestamp.Truncate(services.Time.GetUtcNow());
        return delivery is { Phase: DeliveryPhase.Waiting, NextAttemptAt: { } next } && next > now
            ? delivery.ToView()
            : (await AgainAsync(webhook, delivery, now, cancellationToken)).ToView();
    }

    private async Task<DeliveryRecord?> FindAsync(WebhookId webhook, string messageId, CancellationToken cancellationToken) =>
        messageId.Length is > 0 and <= LongestMessageId
            ? await services.Webhooks.Deliveries.FindAsync(webhook, messageId, cancellationToken)
            : null;

    private async Task<DeliveryRecord> AgainAsync(
        WebhookRecord webhook,
        DeliveryRecord delivery,
        DateTimeOffset now,
        CancellationToken cancellationToken
    )
    {
        var again = delivery with
        {
            Phase = DeliveryPhase.Waiting,
            // Never the time of the order before, which ends by that.
            StartedAt = now > delivery.StartedAt ? now : delivery.StartedAt.AddMilliseconds(1),
            Attempts = 0,
            NextAttemptAt = null,
            Status = null,
            Failure = null,
        };
        if (!await services.Webhooks.Deliveries.TryReplaceAsync(again, delivery.StartedAt, cancellationToken))
        {
            // Another replay was quicker, and has ordered it.
            return await services.Webhooks.Deliveries.FindAsync(webhook.Id, delivery.MessageId, cancellationToken) ?? again;
        }

        await services.Webhooks.OrderAsync(webhook, again, cancellationToken);
        return again;
    }
}
