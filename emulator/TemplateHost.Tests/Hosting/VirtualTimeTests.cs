using TemplateHost.Hosting;
using Xunit;

namespace TemplateHost.Tests.Hosting;

public sealed class VirtualTimeTests
{
    [Fact]
    public void Advance_OverSeveralTimers_FiresEachAtItsInstant()
    {
        var start = new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);
        var time = new VirtualTimeProvider(start);
        var fired = new List<(string, TimeSpan)>();
        using var late = time.CreateTimer(
            _ => fired.Add(("late", time.GetUtcNow() - start)),
            null,
            TimeSpan.FromHours(3),
            Timeout.InfiniteTimeSpan
        );
        using var often = time.CreateTimer(
            _ => fired.Add(("often", time.GetUtcNow() - start)),
            null,
            TimeSpan.FromHours(1),
            TimeSpan.FromHours(2)
        );
        using var never = time.CreateTimer(_ => fired.Add(("never", default)), null, TimeSpan.FromHours(1), Timeout.InfiniteTimeSpan);
        never.Change(Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);

        time.Advance(TimeSpan.FromHours(4));

        Assert.Equal([("often", TimeSpan.FromHours(1)), ("late", TimeSpan.FromHours(3)), ("often", TimeSpan.FromHours(3))], fired);
        Assert.Equal(start.AddHours(5), time.NextTimer);
    }

    [Fact]
    public async Task Delay_OnVirtualTime_EndsWhenTimeMoves()
    {
        var time = new VirtualTimeProvider(DateTimeOffset.UnixEpoch);
        var delay = Task.Delay(TimeSpan.FromDays(10), time, CancellationToken.None);
        Assert.False(delay.IsCompleted);

        time.Advance(TimeSpan.FromDays(10));

        await delay;
    }
}
