namespace TemplateHost.Testing;

/// <summary>A clock that stands still until a test moves it; timers fire on the way.</summary>
public sealed class ManualTime : TimeProvider
{
    private readonly Lock gate = new();
    private readonly List<ManualTimer> timers = [];
    private DateTimeOffset now = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);

    public override DateTimeOffset GetUtcNow()
    {
        lock (gate)
        {
            return now;
        }
    }

    public override long GetTimestamp() => GetUtcNow().Ticks;

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var timer = new ManualTimer(this, callback, state);
        timer.Change(dueTime, period);
        return timer;
    }

    /// <summary>Moves the clock, stopping at each timer that falls due.</summary>
    public void Advance(TimeSpan by)
    {
        var target = GetUtcNow() + by;
        while (TakeDue(target) is { } timer)
        {
            timer.Fire();
        }

        lock (gate)
        {
            now = target;
        }
    }

    private ManualTimer? TakeDue(DateTimeOffset target)
    {
        lock (gate)
        {
            var due = timers.Where(timer => timer.Due <= target).MinBy(timer => timer.Due);
            if (due is not null)
            {
                now = due.Due > now ? due.Due : now;
                timers.Remove(due);
            }

            return due;
        }
    }

    private sealed class ManualTimer(ManualTime clock, TimerCallback callback, object? state) : ITimer
    {
        private TimeSpan period;

        public DateTimeOffset Due { get; private set; }

        public bool Change(TimeSpan dueTime, TimeSpan period)
        {
            lock (clock.gate)
            {
                clock.timers.Remove(this);
                this.period = period;
                if (dueTime != Timeout.InfiniteTimeSpan)
                {
                    Due = clock.now + dueTime;
                    clock.timers.Add(this);
                }
            }

            return true;
        }

        public void Fire()
        {
            if (period > TimeSpan.Zero)
            {
                Change(period, period);
            }

            // As with the system's timers, a callback never runs on the thread that moves time.
            ThreadPool.QueueUserWorkItem(_ => callback(state));
        }

        public void Dispose()
        {
            lock (clock.gate)
            {
                clock.timers.Remove(this);
            }
        }

        public ValueTask DisposeAsync()
        {
            Dispose();
            return ValueTask.CompletedTask;
        }
    }
}
