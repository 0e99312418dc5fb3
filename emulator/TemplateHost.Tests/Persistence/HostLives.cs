namespace TemplateHost.Tests.Persistence;

/// <summary>When hosts served, one after another: what is due while none does cannot happen before the next one starts.</summary>
internal sealed class HostLives
{
    private readonly List<(DateTimeOffset Ready, DateTimeOffset? Killed)> lives = [];

    public void Begin() => lives.Add((DateTimeOffset.UtcNow, null));

    public void End() => lives[^1] = lives[^1] with { Killed = DateTimeOffset.UtcNow };

    /// <summary>For how long there was a host between two times.</summary>
    public TimeSpan ServedBetween(DateTimeOffset from, DateTimeOffset to) =>
        lives.Aggregate(
            TimeSpan.Zero,
            (sum, life) =>
            {
                var begin = life.Ready > from ? life.Ready : from;
                var end = life.Killed < to ? life.Killed.Value : to;
                return end > begin ? sum + (end - begin) : sum;
            }
        );
}
