using FairShare.Core.Identifiers;

namespace FairShare.Aws.Notices;

/// <summary>When a party was mailed last that something of a kind waits, and who is about to.</summary>
public sealed record Mailing
{
    /// <summary>How long it is from one mail about a kind to the next: what comes meanwhile is told in one.</summary>
    public static readonly TimeSpan Pause = TimeSpan.FromHours(1);

    // Longer than a function may take.
    private static readonly TimeSpan ClaimSpan = TimeSpan.FromMinutes(2);

    /// <summary>The id that the party's notices are delivered under.</summary>
    public required WebhookId Notices { get; init; }

    /// <summary>The kind.</summary>
    public required string Kind { get; init; }

    /// <summary>When the last mail was about to be sent that was; it tells all that was noted by then. Null for none.</summary>
    public DateTimeOffset? MailedAt { get; init; }

    /// <summary>The message for which a mail is being sent; null for none.</summary>
    public string? ClaimedBy { get; init; }

    /// <summary>Until when no other message is mailed for.</summary>
    public DateTimeOffset? ClaimedUntil { get; init; }

    /// <summary>Whether a mail has told what was noted at that time.</summary>
    public bool HasTold(DateTimeOffset notedAt) => MailedAt >= notedAt;

    /// <summary>For how long a message has to wait yet.</summary>
    public TimeSpan WaitOf(string messageId, DateTimeOffset now)
    {
        var paused = MailedAt + Pause - now ?? TimeSpan.Zero;
        var claimed = ClaimedBy == messageId ? TimeSpan.Zero : ClaimedUntil - now ?? TimeSpan.Zero;
        return paused > claimed ? paused : claimed;
    }

    /// <summary>The same, claimed for a message.</summary>
    public Mailing Claim(string messageId, DateTimeOffset now) => this with { ClaimedBy = messageId, ClaimedUntil = now + ClaimSpan };

    /// <summary>The same, after a mail.</summary>
    public Mailing Mailed(DateTimeOffset at) => this with { MailedAt = at, ClaimedBy = null, ClaimedUntil = null };
}
