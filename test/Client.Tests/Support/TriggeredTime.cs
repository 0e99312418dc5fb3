using System.Collections.Concurrent;

namespace FairShare.Client.Tests.Support;

/// <summary>The system's clock, whose waits of a minute and more end when a test says so, and shorter ones at once.</summary>
internal sealed class TriggeredTime : TimeProvider
{
    private readonly ConcurrentBag<Waiting> waiting = [];

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        if (dueTime < TimeSpan.FromMinutes(1))
        {
            return base.CreateTimer(callback, state, dueTime < TimeSpan.Zero ? dueTime : TimeSpan.Zero, period);
        }

        var timer = new Waiting(() => callback(state));
        waiting.Add(timer);
        return timer;
    }

    /// <summary>Ends every wait.</summary>
    public void Trigger() => waiting.ToList().ForEach(timer => timer.End());

    private sealed class Waiting(Action callback) : ITimer
    {
        private volatile bool isOver;

        public void End()
        {
            if (!isOver)
            {
                callback();
            }
        }

        public bool Change(TimeSpan dueTime, TimeSpan period) => !isOver;

        public void Dispose() => isOver = true;

        public ValueTask DisposeAsync()
        {
            Dispose();
            return ValueTask.CompletedTask;
        }
    }
}
