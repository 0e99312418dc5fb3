namespace FairShare.Testing;

/// <summary>The system's clock, put forward by hand: timers that have come due meanwhile fire within a few milliseconds.</summary>
public sealed class ShiftedTime : TimeProvider
{
    private static readonly TimeSpan Tick = TimeSpan.FromMilliseconds(20);
    private long shift;

    public override DateTimeOffset GetUtcNow() => System.GetUtcNow() + TimeSpan.FromTicks(Interlocked.Read(ref shift));

    public override long GetTimestamp() => GetUtcNow().UtcTicks;

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    /// <summary>Puts the clock forward.</summary>
    public void Advance(TimeSpan by) => Interlocked.Add(ref shift, by.Ticks);

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) =>
        new ShiftedTimer(this, callback, state, dueTime, period);

    private sealed class ShiftedTimer : ITimer
    {
        private readonly Lock guard = new();
        private readonly ShiftedTime time;
        private readonly Action fire;
        private readonly Timer ticker;
        private DateTimeOffset? due;
        private TimeSpan period;

        public ShiftedTimer(ShiftedTime time, TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
        {
            (this.time, fire) = (time, () => callback(state));
            ticker = new Timer(_ => Check());
            Change(dueTime, period);
        }

        public bool Change(TimeSpan dueTime, TimeSpan newPeriod)
        {
            lock (guard)
            {
                due = dueTime == Timeout.InfiniteTimeSpan ? null : time.GetUtcNow() + dueTime;
                period = newPeriod;
                return ticker.Change(
                    due is null ? Timeout.InfiniteTimeSpan
                        : dueTime < Tick ? dueTime
                        : Tick,
                    due is null ? Timeout.InfiniteTimeSpan : Tick
                );
            }
        }

        public void Dispose() => ticker.Dispose();

        public ValueTask DisposeAsync() => ticker.DisposeAsync();

        private void Check()
        {
            lock (guard)
            {
                if (due is not { } instant || time.GetUtcNow() < instant)
                {
                    return;
                }

                due = period > TimeSpan.Zero ? instant + period : null;
                if (due is null)
                {
                    ticker.Change(Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
                }
            }

            fire();
        }
    }
}
