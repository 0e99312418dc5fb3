using FairShare.Functions.Hosting;

namespace FairShare.Functions.Tests.Hosting;

public sealed class BoundedWaitTests
{
    [Fact]
    public async Task UntilAsync_FirstReadingWillDo_DoesNotWait()
    {
        var readings = 0;
        var found = await new BoundedWait(TimeProvider.System).UntilAsync(
            () => Task.FromResult(++readings),
            _ => true,
            TestContext.Current.CancellationToken
        );
        Assert.Equal((1, 1), (found, readings));
    }

    [Fact]
    public async Task UntilAsync_NothingWillDo_GivesTheLastReadingAfterThreeSeconds()
    {
        var time = new JumpingTime();
        var readings = 0;
        var found = await new BoundedWait(time).UntilAsync(
            () => Task.FromResult(++readings),
            _ => false,
            TestContext.Current.CancellationToken
        );
        // 5, 10, 20, 40, 80, 160 and then 320 ms apart.
        Assert.Equal(readings, found);
        Assert.Equal(new[] { 5, 10, 20, 40, 80, 160, 320 }, time.Pauses.Take(7));
        Assert.All(time.Pauses.Skip(7), pause => Assert.Equal(320, pause));
        Assert.InRange(time.Pauses.Sum(), 3000, 3319);
    }

    /// <summary>A clock on which every wait is over at once, and has taken as long as it was to take.</summary>
    private sealed class JumpingTime : TimeProvider
    {
        private long ticks;

        public List<int> Pauses { get; } = [];

        public override long TimestampFrequency => TimeSpan.TicksPerSecond;

        public override long GetTimestamp() => ticks;

        public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
        {
            Pauses.Add((int)dueTime.TotalMilliseconds);
            ticks += dueTime.Ticks;
            return System.CreateTimer(callback, state, TimeSpan.Zero, period);
        }
    }
}
