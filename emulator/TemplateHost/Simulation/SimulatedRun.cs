using TemplateHost.Hosting;

namespace TemplateHost.Simulation;

/// <summary>
/// Runs a scenario so that it can be repeated: one thread does all work in the order in which it arose, and the clock moves only when none
/// is left.
/// </summary>
/// <remarks>
/// Nothing waits for real time. The process must have a thread pool of one thread: <c>ThreadPoolMinThreads</c> and
/// <c>ThreadPoolMaxThreads</c> 1 in its project.
/// </remarks>
public static class SimulatedRun
{
    /// <summary>Runs until the scenario has ended.</summary>
    /// <param name="clock">The clock of everything in the scenario.</param>
    /// <param name="horizon">How far the clock may move before the scenario counts as stuck.</param>
    /// <param name="scenario">Takes its time from the clock and its randomness from a seeded source alone.</param>
    /// <exception cref="InvalidOperationException">The process has more threads, or the scenario is stuck.</exception>
    public static void Run(VirtualTimeProvider clock, TimeSpan horizon, Func<Task> scenario)
    {
        ThreadPool.GetMaxThreads(out var threads, out _);
        if (threads != 1)
        {
            throw new InvalidOperationException(
                $"A run can be repeated only with a thread pool of one thread; this process has {threads}."
            );
        }

        var end = clock.GetUtcNow() + horizon;
        using var over = new ManualResetEventSlim();
        var run = Task.Run(scenario);
        var pump = new Pump(clock, end, run, over);
        ThreadPool.UnsafeQueueUserWorkItem(pump, preferLocal: false);
        over.Wait();
        if (!run.IsCompleted)
        {
            throw new InvalidOperationException(
                $"The scenario waits for something that does not come: at {clock.GetUtcNow():O}, next timer {clock.NextTimer:O}."
            );
        }

        run.GetAwaiter().GetResult();
    }

    /// <summary>
    /// Moves the clock whenever nothing is left to do: what the one thread reaches last, and finds nothing behind it. It does so on that
    /// thread, since to hand over to another one takes longer than most of what is done between two timers.
    /// </summary>
    private sealed class Pump(VirtualTimeProvider clock, DateTimeOffset end, Task run, ManualResetEventSlim over) : IThreadPoolWorkItem
    {
        public void Execute()
        {
            if (ThreadPool.PendingWorkItemCount == 0)
            {
                if (run.IsCompleted || clock.NextTimer is not { } next || next > end)
                {
                    over.Set();
                    return;
                }

                clock.AdvanceTo(next);
            }

            ThreadPool.UnsafeQueueUserWorkItem(this, preferLocal: false);
        }
    }
}
