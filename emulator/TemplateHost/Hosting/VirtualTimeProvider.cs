namespace TemplateHost.Hosting;

/// <summary>A clock that moves only when it is told to: timers fire on the way, in the order in which they are due.</summary>
/// <param name="start">The first instant.</param>
public sealed class VirtualTimeProvider(DateTimeOffset start) : TimeProvider
{
    private readonly Lock gate = new();
    private readonly List<VirtualTimer> timers = [];
    private DateTimeOffset now = start;

    /// <inheritdoc/>
    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    /// <summary>When the next timer is due; null when none is set.</summary>
    public DateTimeOffset? NextTimer
    {
        get
        {
            lock (gate)
            {
                return timers.Min(timer => timer.Due);
            }
        }
    }

    /// <inheritdoc/>
    public override DateTimeOffset GetUtcNow()
    {
        lock (gate)
        {
            return now;
        }
    }

    /// <inheritdoc/>
    public override long GetTimestamp() => GetUtcNow().Ticks;

    /// <summary>Moves on by a duration.</summary>
    public void Advance(TimeSpan duration) => AdvanceTo(GetUtcNow() + duration);

    /// <summary>Moves on to an instant; every timer due until then fires at its own.</summary>
    public void AdvanceTo(DateTimeOffset instant)
    {
        while (TakeDue(instant) is { } timer)
        {
            timer.Fire();
        }
    }

    /// <inheritdoc/>
    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var timer = new VirtualTimer(this, () => callback(state));
        timer.Change(dueTime, period);
        return timer;
    }

    private VirtualTimer? TakeDue(DateTimeOffset until)
    {
        lock (gate)
        {
            if (timers.Where(timer => timer.Due <= until).MinBy(timer => timer.Due) is not { } next)
            {
                now = now > until ? now : until;
                return null;
            }

            now = now > next.Due!.Value ? now : next.Due.Value;
            next.Due = next.Period > TimeSpan.Zero ? now + next.Period : null;
            if (next.Due is null)
            {
                timers.Remove(next);
            }

            return next;
        }
    }

    private sealed class VirtualTimer(VirtualTimeProvider clock, Action fire) : ITimer
    {
        public DateTimeOffset? Due { get; set; }

        public TimeSpan Period { get; private set; }

        public void Fire() => fire();

        public bool Change(TimeSpan dueTime, TimeSpan period)
        {
            lock (clock.gate)
            {
                clock.timers.Remove(this);
                (Due, Period) = (dueTime < TimeSpan.Zero ? null : clock.now + dueTime, period);
                if (Due is not null)
                {
                    clock.timers.Add(this);
                }
            }

            if (dueTime == TimeSpan.Zero)
            {
                // What is due at once needs no move of the clock; it runs apart from whoever set it.
                ThreadPool.QueueUserWorkItem(_ => clock.AdvanceTo(clock.GetUtcNow()));
            }

            return true;
        }

        public void Dispose() => Change(Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);

        public ValueTask DisposeAsync()
        {
            Dispose();
            return ValueTask.CompletedTask;
        }
    }
}
