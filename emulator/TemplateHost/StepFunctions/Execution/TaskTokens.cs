using System.Collections.Concurrent;
using TemplateHost.Kernel;
using TemplateHost.StepFunctions.Storage;

namespace TemplateHost.StepFunctions.Execution;

/// <summary>Wakes the branches that wait for tokens. The store decides what became of a token; this only says when to look.</summary>
internal sealed class TaskTokens(HostContext host)
{
    private const int TokenOctets = 512;
    private readonly ConcurrentDictionary<string, TaskCompletionSource> waiting = new();

    public string New() => host.Random.Base64(TokenOctets);

    public void Signal(string token)
    {
        if (waiting.TryRemove(token, out var waiter))
        {
            waiter.TrySetResult();
        }
    }

    /// <summary>Waits until the token is settled, or closes it when its time is up; one write decides which of the two.</summary>
    /// <returns>The settled token; <see cref="TokenStatus.Closed"/> when time won.</returns>
    public async Task<TaskToken> WaitAsync(string token, CancellationToken cancellationToken)
    {
        while (true)
        {
            var signal = waiting.GetOrAdd(token, _ => new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously));
            var known = Find(token);
            if (known.Status != TokenStatus.Open)
            {
                waiting.TryRemove(token, out _);
                return known;
            }

            var wake = Earlier(known.Deadline, known.HeartbeatDeadline);
            if (wake <= host.Now())
            {
                await host.Store.WriteAsync(session =>
                    TokenTable.Find(session, token) is { } now
                    && Earlier(now.Deadline, now.HeartbeatDeadline) <= host.Now()
                    && TokenTable.Close(session, token)
                );
                continue;
            }

            await FirstAsync(signal.Task, wake, cancellationToken);
        }
    }

    /// <summary>Closes the token unless it is settled, and says what became of it.</summary>
    public async Task<TaskToken> CloseAsync(string token)
    {
        await host.Store.WriteAsync(session => TokenTable.Close(session, token));
        waiting.TryRemove(token, out _);
        return Find(token);
    }

    public TaskToken Find(string token) =>
        host.Store.Read(session => TokenTable.Find(session, token))
        ?? throw new InvalidOperationException("A task waits for a token that was never journaled.");

    private async Task FirstAsync(Task signal, DateTimeOffset? wake, CancellationToken cancellationToken)
    {
        using var timer = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var time = wake is { } at ? host.DelayUntilAsync(at, timer.Token) : Task.Delay(Timeout.InfiniteTimeSpan, host.Time, timer.Token);
        await Task.WhenAny(signal, time);
        cancellationToken.ThrowIfCancellationRequested();
        await timer.CancelAsync();
    }

    private static DateTimeOffset? Earlier(DateTimeOffset? one, DateTimeOffset? other) => one < other || other is null ? one : other;
}
