using System.Text.Json;
using FairShare.Aws.Webhooks;
using FairShare.Contracts.Webhooks;
using FairShare.Core.Identifiers;
using FairShare.Functions.Hosting;

namespace FairShare.Functions.Webhooks;

/// <summary>Endpoints and deliveries as answers show them, and how handlers come by them.</summary>
internal static class WebhookViews
{
    public static WebhookView ToView(this WebhookRecord webhook, DateTimeOffset now) =>
        new(
            webhook.Id.ToString(),
            webhook.Url,
            webhook.Phase.ToString(),
            webhook.CreatedAt,
            webhook.Generation,
            webhook.PreviousUntil(now),
            webhook.OffReason,
            webhook.Role
        );

    public static WebhookDelivery ToView(this DeliveryRecord delivery) =>
        new(
            delivery.MessageId,
            delivery.Phase.ToString(),
            delivery.NotedAt,
            delivery.Attempts,
            delivery.Body,
            delivery.LastAttemptAt,
            delivery.NextAttemptAt,
            delivery.Status,
            delivery.Failure
        );

    /// <summary>An endpoint of the caller.</summary>
    /// <exception cref="Core.Errors.ProtocolException"><c>webhook-not-found</c>.</exception>
    public static async Task<WebhookRecord> RequireWebhookAsync(
        this FunctionServices services,
        PartyId party,
        WebhookId webhook,
        CancellationToken cancellationToken
    ) =>
        await services.Webhooks.Endpoints.FindAsync(party, webhook, cancellationToken)
        ?? throw WebhookProblems.WebhookNotFound.With("You have no such webhook.");

    /// <summary>Has a message delivered to an endpoint, for which it is noted already.</summary>
    public static Task OrderAsync(
        this WebhookParts parts,
        WebhookRecord webhook,
        DeliveryRecord delivery,
        CancellationToken cancellationToken
    ) =>
        parts.Queue.SendAsync(
            webhook.Party,
            JsonSerializer.Serialize(
                new DeliveryOrder(webhook.Party.ToString(), webhook.Id.ToString(), delivery.MessageId, delivery.StartedAt),
                WebhookMessageJson.Default.DeliveryOrder
            ),
            cancellationToken
        );
}
