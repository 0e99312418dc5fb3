namespace TemplateHost.ApiGateway.Requests;

/// <summary>
/// A token bucket on the host's clock: full at first, filled at the stage's rate up to its burst, and emptied by one for a request.
/// </summary>
internal sealed class Throttle(TimeProvider time, double rate, double burst)
{
    private readonly Lock guard = new();
    private readonly double burst = burst;
    private double tokens = burst;
    private DateTimeOffset filledAt = time.GetUtcNow();

    /// <summary>Takes one request, or refuses it.</summary>
    public bool TryTake()
    {
        lock (guard)
        {
            var now = time.GetUtcNow();
            tokens = Math.Min(burst, tokens + (Math.Max(0, (now - filledAt).TotalSeconds) * rate));
            filledAt = now;
            if (tokens < 1)
            {
                return false;
            }

            tokens--;
            return true;
        }
    }
}
