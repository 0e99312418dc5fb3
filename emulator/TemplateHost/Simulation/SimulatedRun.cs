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
        var run = Task.Run(scenario);
        Settle();
        while (!run.IsCompleted)
        {
            if (clock.NextTimer is not { } next || next > end)
            {
                throw new InvalidOperationException(
                    $"The scenario waits for something that does not come: at {clock.GetUtcNow():O}, next timer {clock.NextTimer:O}."
                );
            }

            ThreadPool.UnsafeQueueUserWorkItem(_ => clock.AdvanceTo(next), null);
            Settle();
        }

        run.GetAwaiter().GetResult();
    }

    /// <summary>Waits until nothing is left to do: what the one thread reaches last finds nothing behind it.</summary>
    private static void Settle()
    {
        using var reached = new ManualResetEventSlim();
        var behind = 1L;
        while (behind > 0)
        {
            reached.Reset();
            ThreadPool.UnsafeQueueUserWorkItem(
                _ =>
                {
                    behind = ThreadPool.PendingWorkItemCount;
                    reached.Set();
                },
                null
            );
            reached.Wait();
        }
    }
}
