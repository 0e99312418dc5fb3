using FairShare.Simulation.Histories;

namespace FairShare.Simulation.Runs;

/// <summary>Runs many random histories.</summary>
internal sealed class HistoriesRun(Tally tally, TextWriter output)
{
    public void Run(long first, long count)
    {
        for (var next = first - first % Batch.Size; next < first + count; next += Batch.Size)
        {
            var batch = new Batch(tally.Coverage);
            batch.Run(next, (int)Math.Min(Batch.Size, first + count - next), TellAsync);
            tally.Events += batch.Events;
        }
    }

    private async Task<bool> TellAsync(SimulatedService service, HistoryPlan plan, HistoryResult result)
    {
        tally.Add(result);
        if (result.Violation is not null)
        {
            await FailureReport.WriteAsync(output, service, plan, result);
        }

        // What was played again has changed the host, and the next histories of this batch could not be replayed.
        return result.Violation is null;
    }
}
