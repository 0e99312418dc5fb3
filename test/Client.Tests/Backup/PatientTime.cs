namespace FairShare.Client.Tests.Backup;

/// <summary>
/// A clock whose long waits end when nothing but them is waited for: each call that a peer never answers is told to it, and once there are
/// no others, their time is over. So no test waits, and none depends on how fast the machine is.
/// </summary>
/// <param name="patience">What counts as long.</param>
internal sealed class PatientTime(TimeSpan patience) : TimeProvider
{
    private readonly HashSet<Wait> waits = [];
    private int held;

    /// <summary>One more call is not answered, whose wait has begun before.</summary>
    public void Hold()
    {
        lock (waits)
        {
            held++;
        }

        EndThoseOfHeldCalls();
    }

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        if (dueTime < patience)
        {
            return base.CreateTimer(callback, state, dueTime, period);
        }

        var wait = new Wait(this, () => callback(state));
        lock (waits)
        {
            waits.Add(wait);
        }

        return wait;
    }

    private void EndThoseOfHeldCalls()
    {
        List<Wait> over = [];
        lock (waits)
        {
            if (held > 0 && waits.Count == held)
            {
                over.AddRange(waits);
                waits.Clear();
                held = 0;
            }
        }

        over.ForEach(wait => wait.End());
    }

    private void Forget(Wait wait)
    {
        lock (waits)
        {
            waits.Remove(wait);
        }

        EndThoseOfHeldCalls();
    }

    private sealed class Wait(PatientTime time, Action end) : ITimer
    {
        public void End() => end();

        public bool Change(TimeSpan dueTime, TimeSpan period) => true;

        public void Dispose() => time.Forget(this);

        public ValueTask DisposeAsync()
        {
            Dispose();
            return ValueTask.CompletedTask;
        }
    }
}
