using FairShare.Core.Identifiers;

namespace FairShare.Aws.Webhooks;

/// <summary>Where a delivery stands.</summary>
public enum DeliveryPhase
{
    /// <summary>It is attempted, again if need be.</summary>
    Waiting,

    /// <summary>The endpoint has taken it.</summary>
    Delivered,

    /// <summary>Nothing more is attempted.</summary>
    Dead,
}

/// <summary>A message on its way to an endpoint.</summary>
public sealed record DeliveryRecord
{
    /// <summary>For how long it is kept.</summary>
    public static readonly TimeSpan Kept = TimeSpan.FromDays(30);

    /// <summary>Why a message is dead that came, or waited, while its endpoint was off.</summary>
    public const string WebhookOff = "webhook-off";

    /// <summary>The endpoint.</summary>
    public required WebhookId Webhook { get; init; }

    /// <summary>The message's <c>webhook-id</c>.</summary>
    public required string MessageId { get; init; }

    /// <summary>What is sent.</summary>
    public required string Body { get; init; }

    /// <summary>When the message came.</summary>
    public required DateTimeOffset NotedAt { get; init; }

    /// <summary>Since when it is attempted: when it came, or was replayed.</summary>
    public required DateTimeOffset StartedAt { get; init; }

    /// <summary>Where it stands.</summary>
    public DeliveryPhase Phase { get; init; }

    /// <summary>How often it was sent since <see cref="StartedAt"/>.</summary>
    public int Attempts { get; init; }

    /// <summary>When it was sent last.</summary>
    public DateTimeOffset? LastAttemptAt { get; init; }

    /// <summary>When it is sent again.</summary>
    public DateTimeOffset? NextAttemptAt { get; init; }

    /// <summary>The HTTP status of the last answer.</summary>
    public int? Status { get; init; }

    /// <summary>Why the last attempt failed.</summary>
    public string? Failure { get; init; }
}
