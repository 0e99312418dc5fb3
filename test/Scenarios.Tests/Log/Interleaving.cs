namespace FairShare.Scenarios.Tests.Log;

/// <summary>
/// Lets calls of several programs through one at a time, in an order that a seed draws, and may end a program before or after any call of
/// its own: none of its later calls is made then.
/// </summary>
internal sealed class Interleaving(int seed)
{
    private readonly Random random = new(seed);
    private readonly Lock gate = new();
    private readonly List<Pending> waiting = [];
    private readonly Dictionary<int, int> crashes = [];

    /// <summary>How many calls each program has made.</summary>
    private readonly Dictionary<int, int> made = [];

    /// <summary>Ends a program at one of its calls.</summary>
    /// <param name="program">Which.</param>
    /// <param name="point">Twice the number of the call, from 0, for before it; and one more for after it.</param>
    public void Crash(int program, int point) => crashes[program] = point;

    /// <summary>Runs programs until all have ended; how each ends is its own affair.</summary>
    public async Task RunAsync(IReadOnlyList<Func<Task>> programs)
    {
        var running = programs.Select(EndAsync).ToList();
        while (running.Any(task => !task.IsCompleted))
        {
            if (await NextAsync(running) is { } chosen)
            {
                chosen.Turn.SetResult();
                await Task.WhenAny(chosen.Done.Task, Task.WhenAll(running));
            }
        }

        await Task.WhenAll(running);
    }

    /// <summary>The handler through which one program makes its calls.</summary>
    public HttpMessageHandler HandlerOf(int program, HttpMessageHandler host) => new Gate(this, program, host);

    private static async Task EndAsync(Func<Task> program)
    {
        await Task.Yield();
        try
        {
            await program();
        }
#pragma warning disable CA1031 // A program that was ended throws whatever its libraries make of it.
        catch (Exception end) when (IsCrash(end))
#pragma warning restore CA1031
        {
            return;
        }
    }

    private static bool IsCrash(Exception? fault) => fault is CrashException || (fault?.InnerException is { } inner && IsCrash(inner));

    private async Task<Pending?> NextAsync(List<Task> running)
    {
        while (running.Any(task => !task.IsCompleted))
        {
            lock (gate)
            {
                var alive = running.Select((task, number) => (task, number)).Where(entry => !entry.task.IsCompleted).ToList();
                if (alive.Count > 0 && alive.TrueForAll(entry => waiting.Exists(pending => pending.Program == entry.number)))
                {
                    var chosen = waiting[random.Next(waiting.Count)];
                    waiting.Remove(chosen);
                    return chosen;
                }
            }

            await Task.Yield();
        }

        return null;
    }

    private Pending Wait(int program)
    {
        var pending = new Pending(program);
        lock (gate)
        {
            waiting.Add(pending);
        }

        return pending;
    }

    private void Pass(int program, bool isAfter)
    {
        lock (gate)
        {
            var number = made.GetValueOrDefault(program);
            if (isAfter)
            {
                made[program] = number + 1;
            }

            if (crashes.TryGetValue(program, out var point) && (2 * number) + (isAfter ? 1 : 0) >= point)
            {
                throw new CrashException();
            }
        }
    }

    private sealed record Pending(int Program)
    {
        public TaskCompletionSource Turn { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public TaskCompletionSource Done { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }

    private sealed class Gate(Interleaving interleaving, int program, HttpMessageHandler host) : DelegatingHandler(host)
    {
        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            var pending = interleaving.Wait(program);
            await pending.Turn.Task;
            try
            {
                interleaving.Pass(program, isAfter: false);
                var response = await base.SendAsync(request, cancellationToken);
                interleaving.Pass(program, isAfter: true);
                return response;
            }
            finally
            {
                pending.Done.SetResult();
            }
        }
    }

    /// <summary>The end of a program.</summary>
    private sealed class CrashException : Exception;
}
