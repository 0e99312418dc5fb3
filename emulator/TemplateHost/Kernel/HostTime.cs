namespace TemplateHost.Kernel;

/// <summary>Waits on the host's clock.</summary>
internal static class HostTime
{
    private static readonly TimeSpan LongestTimer = TimeSpan.FromDays(1);

    /// <summary>The time in whole milliseconds, which is what Step Functions counts in.</summary>
    public static DateTimeOffset Now(this HostContext host) =>
        DateTimeOffset.FromUnixTimeMilliseconds(host.Time.GetUtcNow().ToUnixTimeMilliseconds());

    /// <summary>Completes at the given time, however far it is; at once when it has passed.</summary>
    public static async Task DelayUntilAsync(this HostContext host, DateTimeOffset time, CancellationToken cancellationToken)
    {
        for (var left = time - host.Now(); left > TimeSpan.Zero; left = time - host.Now())
        {
            // A timer counts whole milliseconds, and what is left of one must not be waited for in a busy loop.
            var whole = TimeSpan.FromMilliseconds(Math.Ceiling(left.TotalMilliseconds));
            await Task.Delay(whole < LongestTimer ? whole : LongestTimer, host.Time, cancellationToken);
        }
    }
}
