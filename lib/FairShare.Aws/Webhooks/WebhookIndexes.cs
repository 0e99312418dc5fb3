using FairShare.Aws.Table;

namespace FairShare.Aws.Webhooks;

/// <summary>The indexes of the table of webhooks.</summary>
public static class WebhookIndexes
{
    /// <summary>Deliveries by their endpoint, newest last.</summary>
    public static TableIndex DeliveriesByWebhook { get; } = new("deliveriesByWebhook", "webhook", "notedAt");
}
