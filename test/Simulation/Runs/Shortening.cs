using FairShare.Simulation.Faults;
using FairShare.Simulation.Histories;

namespace FairShare.Simulation.Runs;

/// <summary>What is left of a failing history when everything is dropped without which it fails as well.</summary>
/// <param name="Deeds">The deeds that are needed.</param>
/// <param name="Faults">The faults that are needed.</param>
/// <param name="Violation">What the rest breaks.</param>
internal sealed record ShortHistory(IReadOnlyList<Deed> Deeds, IReadOnlyList<StruckFault> Faults, string Violation);

/// <summary>Shortens a failing history by playing parts of it again: halves, quarters, and so on down to single deeds and faults.</summary>
internal sealed class Shortening(SimulatedService service, HistoryPlan plan)
{
    private const int MostTrials = 150;
    private int trials;

    /// <returns>Null when the history does not fail again on the host that it has changed.</returns>
    public async Task<ShortHistory?> RunAsync(HistoryResult failed)
    {
        if (await FailsAsync(plan.Deeds, failed.Faults) is not { } violation)
        {
            return null;
        }

        var shortest = new ShortHistory(plan.Deeds, failed.Faults, violation);
        shortest = await DropAsync(shortest, found => found.Faults, (found, faults) => found with { Faults = faults });
        shortest = await DropAsync(shortest, found => found.Deeds, (found, deeds) => found with { Deeds = deeds });
        return await DropAsync(shortest, found => found.Faults, (found, faults) => found with { Faults = faults });
    }

    private async Task<ShortHistory> DropAsync<T>(
        ShortHistory history,
        Func<ShortHistory, IReadOnlyList<T>> parts,
        Func<ShortHistory, IReadOnlyList<T>, ShortHistory> with
    )
    {
        for (var size = parts(history).Count; size > 0; size /= 2)
        {
            for (var start = 0; start < parts(history).Count && trials < MostTrials; )
            {
                var shorter = with(history, [.. parts(history).Take(start), .. parts(history).Skip(start + size)]);
                if (await FailsAsync(shorter.Deeds, shorter.Faults) is { } violation)
                {
                    history = shorter with { Violation = violation };
                }
                else
                {
                    start += size;
                }
            }
        }

        return history;
    }

    private async Task<string?> FailsAsync(IReadOnlyList<Deed> deeds, IReadOnlyList<StruckFault> faults)
    {
        trials++;
        return (await new HistoryRun(service, plan).RunAsync(deeds, faults)).Violation;
    }
}
