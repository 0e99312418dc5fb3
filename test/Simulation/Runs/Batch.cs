using FairShare.Simulation.Defects;
using FairShare.Simulation.Faults;
using FairShare.Simulation.Histories;

namespace FairShare.Simulation.Runs;

/// <summary>Histories on one host, one after another: the host is deployed once for all of them.</summary>
/// <param name="coverage">Counts the calls and the faults.</param>
/// <param name="defect">A defect that the service has; null for none.</param>
/// <param name="only">The kind of histories that is played, the others being passed over; null for all.</param>
internal sealed class Batch(Coverage coverage, Defect? defect = null, HistoryKind? only = null)
{
    /// <summary>How many histories share a host. The first of a batch is a multiple of this.</summary>
    public const int Size = 100;

    /// <summary>How many changes of the table and answers of the API were judged.</summary>
    public long Events { get; private set; }

    /// <summary>Runs histories from the first of a batch on, and at last compares the table with what its changes said.</summary>
    /// <param name="first">The first history of the batch.</param>
    /// <param name="count">How many.</param>
    /// <param name="tell">Told of each; false ends the batch.</param>
    /// <exception cref="InvalidOperationException">The run is stuck, or the table is not what its changes said.</exception>
    public void Run(long first, int count, Func<SimulatedService, HistoryPlan, HistoryResult, Task<bool>> tell) =>
        Events += SimulatedHost.Run(coverage, first / Size, defect, service => PlayAsync(service, first, count, tell));

    private async Task PlayAsync(
        SimulatedService service,
        long first,
        int count,
        Func<SimulatedService, HistoryPlan, HistoryResult, Task<bool>> tell
    )
    {
        for (var seed = first; seed < first + count; seed++)
        {
            if (only is { } kind && HistoryKinds.Of(seed) != kind)
            {
                continue;
            }

            var plan = Plan.Make(seed);
            var result = await new HistoryRun(service, plan).RunAsync(plan.Deeds);
            if (!await tell(service, plan, result))
            {
                break;
            }
        }
    }
}
