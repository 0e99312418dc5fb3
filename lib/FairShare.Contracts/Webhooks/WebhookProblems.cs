using FairShare.Contracts.Http;

namespace FairShare.Contracts.Webhooks;

/// <summary>Problems of calls about webhooks.</summary>
public static class WebhookProblems
{
#pragma warning disable CS1591 // The titles say what each of them means.
    public static ProblemType InvalidUrl { get; } = new("invalid-webhook-url", 400, "The address is not one to deliver to");

    public static ProblemType InvalidQueue { get; } = new("invalid-webhook-queue", 400, "The queue, or its role, is not one to deliver to");

    public static ProblemType WebhookNotFound { get; } = new("webhook-not-found", 404, "The caller has no such webhook");

    public static ProblemType TooManyWebhooks { get; } = new("too-many-webhooks", 409, "The caller has as many webhooks as it may have");

    public static ProblemType NotVerified { get; } = new("webhook-not-verified", 422, "The endpoint did not answer the ping as asked");

    public static ProblemType DeliveryNotFound { get; } = new("delivery-not-found", 404, "The webhook was sent no such message");

    public static ProblemType NotActive { get; } = new("webhook-not-active", 409, "The webhook is not verified, or is off");

    public static ProblemType Rotated { get; } = new("webhook-rotated", 409, "The webhook's secret was changed less than a day ago");
#pragma warning restore CS1591
}
