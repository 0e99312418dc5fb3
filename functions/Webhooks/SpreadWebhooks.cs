using System.Text.Json;
using Amazon.Lambda.Core;
using Amazon.Lambda.SQSEvents;
using FairShare.Aws.Webhooks;
using FairShare.Core.Identifiers;
using FairShare.Functions.Hosting;

namespace FairShare.Functions.Webhooks;

/// <summary>
/// Notes a message for each endpoint of the party that it is for, and orders its delivery to those that are active. A message may come
/// more than once: it is noted once, and ordered until the note says that it was attempted.
/// </summary>
internal sealed class SpreadWebhooks(FunctionServices services) : IFunction
{
    public Task<Stream> InvokeAsync(Stream payload, ILambdaContext context) =>
        QueueBatches.HandleAsync(payload, context, services.Time, SpreadAsync);

    private async Task<bool> SpreadAsync(SQSEvent.SQSMessage message, CancellationToken cancellationToken)
    {
        var read =
            JsonSerializer.Deserialize(message.Body, WebhookMessageJson.Default.DeliveredEvent)
            ?? throw new InvalidOperationException("The message is no envelope.");
        var party = PartyId.Parse(read.UserId);
        var messageId = $"{read.Message.GetProperty("exchangeId").GetString()}_{read.ProtocolStep}";
        foreach (var webhook in await services.Webhooks.Endpoints.ListAsync(party, cancellationToken))
        {
            if (
                webhook.Phase != WebhookPhase.Pending
                && await NoteAsync(webhook, messageId, message.Body, cancellationToken) is { } delivery
            )
            {
                await services.Webhooks.OrderAsync(webhook, delivery, cancellationToken);
            }
        }

        return true;
    }

    // Null where nothing is to be sent.
    private async Task<DeliveryRecord?> NoteAsync(WebhookRecord webhook, string messageId, string body, CancellationToken cancellationToken)
    {
        var now = Timestamp.Truncate(services.Time.GetUtcNow());
        var isActive = webhook.Phase == WebhookPhase.Active;
        var delivery = new DeliveryRecord
        {
            Webhook = webhook.Id,
            MessageId = messageId,
            Body = body,
            NotedAt = now,
            StartedAt = now,
            // What comes while an endpoint is off can be replayed.
            Phase = isActive ? DeliveryPhase.Waiting : DeliveryPhase.Dead,
            Failure = isActive ? null : DeliveryRecord.WebhookOff,
        };
        if (await services.Webhooks.Deliveries.TryNoteAsync(delivery, cancellationToken))
        {
            return isActive ? delivery : null;
        }

        // What was noted while the endpoint was on is ordered, whatever it is now: its delivery notes that it is dead.
        var noted = await services.Webhooks.Deliveries.FindAsync(webhook.Id, messageId, cancellationToken);
        return noted is { Phase: DeliveryPhase.Waiting, Attempts: 0 } ? noted : null;
    }
}
