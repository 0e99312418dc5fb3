using FairShare.Aws.Webhooks;

namespace FairShare.Functions.Webhooks;

/// <summary>
/// When a message that was not taken is sent again: after 5 seconds, 5 and 30 minutes, 2, 5 and 10 hours, then about every 12
/// hours; for three days.
/// </summary>
internal static class RetrySchedule
{
    /// <summary>For how long a message is attempted.</summary>
    public static readonly TimeSpan Span = TimeSpan.FromDays(3);

    private static readonly TimeSpan[] Waits =
    [
        TimeSpan.FromSeconds(5),
        TimeSpan.FromMinutes(5),
        TimeSpan.FromMinutes(30),
        TimeSpan.FromHours(2),
        TimeSpan.FromHours(5),
        TimeSpan.FromHours(10),
        WebhookQueue.LongestDelay,
    ];

    /// <summary>How long to wait for the next attempt.</summary>
    /// <param name="attempts">How many were made, at least one.</param>
    /// <param name="startedAt">When the first was due.</param>
    /// <param name="now">The time.</param>
    /// <returns>Null when there is no other attempt.</returns>
    public static TimeSpan? After(int attempts, DateTimeOffset startedAt, DateTimeOffset now)
    {
        var wait = Waits[Math.Min(attempts, Waits.Length) - 1];
        return now + wait <= startedAt + Span ? wait : null;
    }
}
