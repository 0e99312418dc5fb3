using System.Text.Json;
using Amazon.Lambda.Core;
using Amazon.Lambda.SQSEvents;
using FairShare.Aws.Webhooks;
using FairShare.Core.Identifiers;
using FairShare.Functions.Hosting;

namespace FairShare.Functions.Webhooks;

/// <summary>
/// Sends a message to its endpoint. What was not taken stays in the queue, out of sight until the next attempt; after three days it is
/// dead, and the endpoint is switched off. One that says 410 wants no more, and is switched off at once.
/// </summary>
internal sealed class DeliverWebhook(FunctionServices services) : IFunction
{
    private const int Gone = 410;

    public Task<Stream> InvokeAsync(Stream payload, ILambdaContext context) =>
        QueueBatches.HandleAsync(payload, context, services.Time, HandleAsync);

    private async Task<bool> HandleAsync(SQSEvent.SQSMessage message, CancellationToken cancellationToken)
    {
        var order =
            JsonSerializer.Deserialize(message.Body, WebhookMessageJson.Default.DeliveryOrder)
            ?? throw new InvalidOperationException("The message is no order.");
        var id = WebhookId.Parse(order.WebhookId);
        var webhook = await services.Webhooks.Endpoints.FindAsync(PartyId.Parse(order.Party), id, cancellationToken);
        var delivery = await services.Webhooks.Deliveries.FindAsync(id, order.MessageId, cancellationToken);
        if (webhook is null || delivery is not { Phase: DeliveryPhase.Waiting } || delivery.StartedAt != order.StartedAt)
        {
            return true;
        }

        if (webhook.Phase != WebhookPhase.Active)
        {
            await TryNoteAsync(delivery with { Phase = DeliveryPhase.Dead, Failure = DeliveryRecord.WebhookOff }, cancellationToken);
            return true;
        }

        return await AttemptAsync(webhook, delivery, message.ReceiptHandle, cancellationToken);
    }

    private async Task<bool> AttemptAsync(
        WebhookRecord webhook,
        DeliveryRecord delivery,
        string handle,
        CancellationToken cancellationToken
    )
    {
        var keys = await services.Webhooks.KeysOfAsync(webhook, cancellationToken);
        var answer = webhook.Role is null
            ? await services.Webhooks.Sender.SendAsync(webhook.Url, delivery.MessageId, delivery.Body, keys, cancellationToken)
            : await services.Webhooks.QueueSender.SendAsync(webhook, delivery.MessageId, delivery.Body, keys, cancellationToken);
        var now = Timestamp.Truncate(services.Time.GetUtcNow());
        var attempted = delivery with
        {
            Attempts = delivery.Attempts + 1,
            LastAttemptAt = now,
            NextAttemptAt = null,
            Status = answer.Status,
            Failure = answer.Failure,
        };
        if (answer.Failure is null)
        {
            await TryNoteAsync(attempted with { Phase = DeliveryPhase.Delivered }, cancellationToken);
            return true;
        }

        var wait = answer.Status == Gone ? null : RetrySchedule.After(attempted.Attempts, delivery.StartedAt, now);
        if (wait is null)
        {
            if (await TryNoteAsync(attempted with { Phase = DeliveryPhase.Dead }, cancellationToken))
            {
                var reason = answer.Status == Gone ? "gone" : answer.Failure;
                await services.Webhooks.Endpoints.TrySwitchOffAsync(webhook, reason, cancellationToken);
            }

            return true;
        }

        // The note comes last: what it says about the next attempt is then so.
        await services.Webhooks.Queue.DelayAsync(handle, wait.Value, cancellationToken);
        return !await TryNoteAsync(attempted with { NextAttemptAt = now + wait }, cancellationToken);
    }

    // False when it was replayed meanwhile: then another order goes on with it, and this attempt is forgotten.
    private Task<bool> TryNoteAsync(DeliveryRecord delivery, CancellationToken cancellationToken) =>
        services.Webhooks.Deliveries.TryReplaceAsync(delivery, delivery.StartedAt, cancellationToken);
}
