namespace FairShare.Simulation.Runs;

/// <summary>
/// Has streams looked at a while after something was put, and not again and again: in virtual time that would be most of what is done
/// while nothing happens.
/// </summary>
/// <param name="clock">The clock.</param>
/// <param name="lag">How long after a change.</param>
internal sealed class StreamWatch(TimeProvider clock, TimeSpan lag)
{
    private static readonly TimeSpan Longest = TimeSpan.FromMinutes(10);
    private TaskCompletionSource changed = New();
    private DateTimeOffset changedAt;

    /// <summary>Something was put.</summary>
    public void Wake()
    {
        changedAt = clock.GetUtcNow();
        var waited = changed;
        changed = New();
        waited.TrySetResult();
    }

    /// <summary>What the reader of a stream waits for that found nothing new.</summary>
    public async Task PauseAsync(CancellationToken cancellationToken)
    {
        // What was put a moment ago may have been put while the reader looked.
        if (clock.GetUtcNow() - changedAt > lag)
        {
            using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
            await Task.WhenAny(changed.Task, Task.Delay(Longest, clock, either.Token));
            await either.CancelAsync();
        }

        await Task.Delay(lag, clock, cancellationToken);
    }

    private static TaskCompletionSource New() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
