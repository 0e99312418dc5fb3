namespace FairShare.Contracts.Webhooks;

/// <summary>The delivery of a message to an endpoint.</summary>
/// <param name="MessageId">The message's <c>webhook-id</c>: the exchange and the step. The same in every attempt.</param>
/// <param name="State">Waiting, Delivered, or Dead when nothing more is attempted.</param>
/// <param name="At">When the message came.</param>
/// <param name="Attempts">How often it was sent.</param>
/// <param name="Body">What is sent.</param>
/// <param name="LastAttemptAt">When it was sent last.</param>
/// <param name="NextAttemptAt">When it is sent again, if it waits.</param>
/// <param name="Status">The HTTP status of the last answer, if there was one.</param>
/// <param name="Failure">Why the last attempt failed: <c>refused</c> (the status says how), <c>redirected</c>, <c>timed-out</c>,
/// <c>unreachable</c>, <c>address-refused</c>; of a queue <c>role-refused</c> or <c>queue-refused</c>; or <c>webhook-off</c>.</param>
public sealed record WebhookDelivery(
    string MessageId,
    string State,
    DateTimeOffset At,
    int Attempts,
    string Body,
    DateTimeOffset? LastAttemptAt = null,
    DateTimeOffset? NextAttemptAt = null,
    int? Status = null,
    string? Failure = null
);

/// <summary>A page of deliveries; <paramref name="Cursor"/> is null on the last.</summary>
public sealed record WebhookDeliveryPage(IReadOnlyList<WebhookDelivery> Deliveries, string? Cursor = null);

/// <summary>Which message to deliver again.</summary>
public sealed record ReplayRequest(string MessageId);
