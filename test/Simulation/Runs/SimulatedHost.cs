using FairShare.Simulation.Defects;
using FairShare.Simulation.Faults;
using FairShare.Simulation.Judging;
using TemplateHost.Hosting;
using TemplateHost.Simulation;

namespace FairShare.Simulation.Runs;

/// <summary>A host for some histories, from its deployment to its end.</summary>
internal static class SimulatedHost
{
    private static readonly DateTimeOffset Epoch = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

    /// <summary>Plays histories on a new host, and at last compares the table with what its changes said.</summary>
    /// <param name="coverage">Counts the calls and the faults.</param>
    /// <param name="batch">What the host's own randomness follows from.</param>
    /// <param name="defect">A defect that the service has; null for none.</param>
    /// <param name="play">Plays them.</param>
    /// <returns>How many changes of the table and answers of the API were judged.</returns>
    /// <exception cref="InvalidOperationException">The run is stuck, or the table is not what its changes said.</exception>
    public static long Run(Coverage coverage, long batch, Defect? defect, Func<SimulatedService, Task> play)
    {
        var (clock, events) = (new VirtualTimeProvider(Epoch), 0L);
        SimulatedRun.Run(
            clock,
            TimeSpan.FromDays(10_000),
            async () =>
            {
                await using var service = await SimulatedService.StartAsync(clock, coverage, batch, defect);
                await play(service);
                events = service.Judge.Events;
                if (defect is null)
                {
                    await TableComparison.RequireSameAsync(service.Host, service.Judge);
                }
            }
        );
        return events;
    }
}
