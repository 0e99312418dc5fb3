using System.Collections.Concurrent;
using TemplateHost.Kernel;

namespace TemplateHost.Sqs;

/// <summary>Wakes receivers that poll a queue when something happens to it.</summary>
internal sealed class QueueSignals(HostContext host)
{
    private readonly ConcurrentDictionary<string, TaskCompletionSource> signals = new();

    public void Raise(string queue)
    {
        if (signals.TryRemove(queue, out var signal))
        {
            signal.TrySetResult();
        }
    }

    /// <summary>What the next <see cref="Raise"/> completes; take it before looking into the queue.</summary>
    public Task Next(string queue) =>
        signals.GetOrAdd(queue, _ => new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously)).Task;

    /// <summary>Waits for the signal or until the given time.</summary>
    public async Task WaitAsync(Task signal, DateTimeOffset until, CancellationToken cancellationToken)
    {
        using var timer = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        await Task.WhenAny(signal, host.DelayUntilAsync(until, timer.Token));
        await timer.CancelAsync();
        cancellationToken.ThrowIfCancellationRequested();
    }
}
