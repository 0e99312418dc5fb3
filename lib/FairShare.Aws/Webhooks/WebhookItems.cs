using FairShare.Aws.Table;
using FairShare.Core.Identifiers;

namespace FairShare.Aws.Webhooks;

/// <summary>Endpoints and deliveries as items of the table.</summary>
internal static class WebhookItems
{
    public static Item Write(WebhookRecord webhook) =>
        new Item(WebhookItemKeys.Endpoint(webhook.Party, webhook.Id))
            .With("address", webhook.Url)
            .With("role", webhook.Role)
            .With("phase", webhook.Phase.ToString())
            .With("createdAt", webhook.CreatedAt)
            .With("generation", webhook.Generation)
            .With("rotatedAt", webhook.RotatedAt)
            .With("offReason", webhook.OffReason);

    public static WebhookRecord ReadWebhook(Item item) =>
        new()
        {
            Id = WebhookId.Parse(item.Key.Sort[WebhookItemKeys.EndpointPrefix.Length..]),
            Party = PartyId.Parse(item.Key.PartitionId),
            Url = item.Text("address"),
            Role = item.OptionalText("role"),
            Phase = Enum.Parse<WebhookPhase>(item.Text("phase")),
            CreatedAt = item.Time("createdAt"),
            Generation = (int)(item.OptionalNumber("generation") ?? 1),
            RotatedAt = item.OptionalTime("rotatedAt"),
            OffReason = item.OptionalText("offReason"),
        };

    public static Item Write(DeliveryRecord delivery) =>
        new Item(WebhookItemKeys.Delivery(delivery.Webhook, delivery.MessageId))
            .With("webhook", delivery.Webhook.ToString())
            .With("messageId", delivery.MessageId)
            .With("content", delivery.Body)
            .With("notedAt", delivery.NotedAt)
            .With("startedAt", delivery.StartedAt)
            .With("phase", delivery.Phase.ToString())
            .With("attempts", delivery.Attempts)
            .With("lastAttemptAt", delivery.LastAttemptAt)
            .With("nextAttemptAt", delivery.NextAttemptAt)
            .With("answerStatus", delivery.Status)
            .With("failure", delivery.Failure)
            .With("removeAt", (delivery.NotedAt + DeliveryRecord.Kept).ToUnixTimeSeconds());

    public static DeliveryRecord ReadDelivery(Item item) =>
        new()
        {
            Webhook = WebhookId.Parse(item.Text("webhook")),
            MessageId = item.Text("messageId"),
            Body = item.Text("content"),
            NotedAt = item.Time("notedAt"),
            StartedAt = item.Time("startedAt"),
            Phase = Enum.Parse<DeliveryPhase>(item.Text("phase")),
            Attempts = (int)(item.OptionalNumber("attempts") ?? 0),
            LastAttemptAt = item.OptionalTime("lastAttemptAt"),
            NextAttemptAt = item.OptionalTime("nextAttemptAt"),
            Status = (int?)item.OptionalNumber("answerStatus"),
            Failure = item.OptionalText("failure"),
        };
}
