using FairShare.Core.Identifiers;

namespace FairShare.Aws.Webhooks;

/// <summary>Where an endpoint stands.</summary>
public enum WebhookPhase
{
    /// <summary>It has not shown that it is the caller's.</summary>
    Pending,

    /// <summary>Messages are delivered.</summary>
    Active,

    /// <summary>Messages could not be delivered, and are not any more.</summary>
    Off,
}

/// <summary>An endpoint.</summary>
public sealed record WebhookRecord
{
    /// <summary>For how long the previous secret is good beside the present one.</summary>
    public static readonly TimeSpan Overlap = TimeSpan.FromDays(1);

    /// <summary>Its id.</summary>
    public required WebhookId Id { get; init; }

    /// <summary>Whose it is.</summary>
    public required PartyId Party { get; init; }

    /// <summary>Its address; of a queue, the ARN.</summary>
    public required string Url { get; init; }

    /// <summary>Of a queue: the ARN of the role by which messages are sent; null for a server.</summary>
    public string? Role { get; init; }

    /// <summary>What the service names when it assumes the role. It follows from the id, so that no party can choose another's.</summary>
    public string ExternalId => ExternalIdOf(Id);

    /// <summary>The external id of a webhook's role.</summary>
    public static string ExternalIdOf(WebhookId webhook) => $"fairshare-{webhook}";

    /// <summary>Where it stands.</summary>
    public required WebhookPhase Phase { get; init; }

    /// <summary>When it was registered.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>How many secrets it has had, the present one included.</summary>
    public int Generation { get; init; } = 1;

    /// <summary>When the present secret took the place of another; null for the first.</summary>
    public DateTimeOffset? RotatedAt { get; init; }

    /// <summary>Why it is off; null while it is not.</summary>
    public string? OffReason { get; init; }

    /// <summary>Until when the previous secret is good too; null for none.</summary>
    public DateTimeOffset? PreviousUntil(DateTimeOffset now) => RotatedAt + Overlap is { } until && until > now ? until : null;

    /// <summary>The generations whose secrets are good, the present one first.</summary>
    public IEnumerable<int> Generations(DateTimeOffset now) => PreviousUntil(now) is null ? [Generation] : [Generation, Generation - 1];
}
