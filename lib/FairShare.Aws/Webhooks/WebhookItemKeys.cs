using FairShare.Aws.Table;
using FairShare.Core.Identifiers;

namespace FairShare.Aws.Webhooks;

/// <summary>The keys of endpoints and deliveries.</summary>
internal static class WebhookItemKeys
{
    public const string EndpointPrefix = "WEBHOOK#";

    public static ItemKey Endpoint(PartyId party, WebhookId webhook) => new(PartyPartition(party), EndpointPrefix + webhook);

    public static ItemKey Registrations(PartyId party) => new(PartyPartition(party), "REGISTRATIONS");

    public static ItemKey Delivery(WebhookId webhook, string messageId) => new(WebhookPartitions.Webhook + webhook, "MESSAGE#" + messageId);

    public static ItemKey Mailing(WebhookId notices, string kind) => new(WebhookPartitions.Webhook + notices, "MAILING#" + kind);

    public static string PartyPartition(PartyId party) => WebhookPartitions.Party + party;
}
