using System.Text.Json.Serialization;
using FairShare.Contracts.Http;
using FairShare.Core.Identifiers;

namespace FairShare.Contracts.Webhooks;

/// <summary>
/// Calls about endpoints to which the steps 7, 8 and a of the caller's exchanges are delivered, as Standard Webhooks has it.
/// </summary>
public static class WebhookRoutes
{
    /// <summary>Registers an endpoint, and gives its secret. A repeat with the same Idempotency-Key gives the same.</summary>
    public static Route<None, WebhookRequest, WebhookGrant> CreateWebhook { get; } =
        new(HttpMethod.Post, "/webhooks")
        {
            Success = 201,
            Headers = [RouteParameter.IdempotencyKey],
            Problems =
            [
                WebhookProblems.InvalidUrl,
                WebhookProblems.InvalidQueue,
                WebhookProblems.TooManyWebhooks,
                CommonProblems.IdempotencyKeyReused,
                CommonProblems.TooManyCalls,
            ],
        };

    /// <summary>A page of the caller's endpoints, at most ten in all, newest first.</summary>
    public static Route<None, None, WebhookList> ListWebhooks { get; } =
        new(HttpMethod.Get, "/webhooks") { Query = [RouteParameter.Limit, RouteParameter.Cursor] };

    /// <summary>Removes an endpoint; nothing more is delivered to it.</summary>
    public static Route<WebhookId, None, WebhookRemoval> DeleteWebhook { get; } =
        new(HttpMethod.Delete, "/webhooks/{webhookId}") { Problems = [WebhookProblems.WebhookNotFound] };

    /// <summary>
    /// Pings an endpoint, and makes it active when it answers. The signed body is <c>{"type":"ping","challenge":"…"}</c>; the answer must
    /// have a status of success and the body <c>{"challenge":"…"}</c> and no other member, of at most 4 KiB, within ten seconds. A queue
    /// answers nothing: its role must be one that the service can assume with the webhook's external id, and not without, and that may send
    /// the ping to the queue.
    /// </summary>
    public static Route<WebhookId, None, WebhookView> VerifyWebhook { get; } =
        new(HttpMethod.Post, "/webhooks/{webhookId}/verification")
        {
            Problems = [WebhookProblems.WebhookNotFound, WebhookProblems.NotVerified, CommonProblems.TooManyCalls],
        };

    /// <summary>Gives an endpoint another secret. For a day messages are signed with the previous one too.</summary>
    public static Route<WebhookId, None, WebhookSecret> RotateWebhook { get; } =
        new(HttpMethod.Post, "/webhooks/{webhookId}/rotation")
        {
            Problems = [WebhookProblems.WebhookNotFound, WebhookProblems.Rotated, CommonProblems.TooManyCalls],
        };

    /// <summary>A page of what was sent to an endpoint, or could not be, in the last thirty days, newest message first.</summary>
    public static Route<WebhookId, None, WebhookDeliveryPage> ListWebhookDeliveries { get; } =
        new(HttpMethod.Get, "/webhooks/{webhookId}/deliveries")
        {
            Query = [RouteParameter.Limit, RouteParameter.Cursor],
            Problems = [WebhookProblems.WebhookNotFound],
        };

    /// <summary>Delivers a message again, as if it had just come; one that waits for its next attempt is left to that.</summary>
    public static Route<WebhookId, ReplayRequest, WebhookDelivery> ReplayWebhookDelivery { get; } =
        new(HttpMethod.Post, "/webhooks/{webhookId}/replays")
        {
            Problems =
            [
                WebhookProblems.WebhookNotFound,
                WebhookProblems.NotActive,
                WebhookProblems.DeliveryNotFound,
                CommonProblems.TooManyCalls,
            ],
        };
}

/// <summary>The JSON of these calls' records.</summary>
[JsonSerializable(typeof(WebhookRequest))]
[JsonSerializable(typeof(WebhookGrant))]
[JsonSerializable(typeof(WebhookView))]
[JsonSerializable(typeof(WebhookList))]
[JsonSerializable(typeof(WebhookSecret))]
[JsonSerializable(typeof(WebhookRemoval))]
[JsonSerializable(typeof(WebhookDelivery))]
[JsonSerializable(typeof(WebhookDeliveryPage))]
[JsonSerializable(typeof(ReplayRequest))]
[JsonSerializable(typeof(WebhookMessage))]
[JsonSerializable(typeof(WebhookPing))]
[JsonSerializable(typeof(WebhookPingAnswer))]
internal sealed partial class WebhookJson : JsonSerializerContext;
