using FairShare.Simulation.Defects;
using FairShare.Simulation.Faults;
using FairShare.Simulation.Histories;

namespace FairShare.Simulation.Runs;

/// <summary>
/// Switches on one seeded defect after another, and runs histories until one shows it; the same histories without it break nothing.
/// </summary>
/// <param name="output">Told of each.</param>
/// <param name="mostHistories">How many histories to try, from the defect's first on.</param>
/// <param name="shortens">Whether to shorten what was found.</param>
internal sealed class DefectsRun(TextWriter output, int mostHistories, bool shortens)
{
    private readonly Dictionary<(HistoryKind Kind, long First, int Count), string?> controls = [];

    /// <returns>How many were not found.</returns>
    public int Run(IEnumerable<Defect> defects) => defects.Count(defect => !IsFound(defect));

    private bool IsFound(Defect defect)
    {
        if (Play(defect.Kind, defect.First, mostHistories, defect) is not var (seed, violation))
        {
            output.WriteLine($"{defect.Name}: not found by {mostHistories} histories");
            return false;
        }

        if (!violation.Contains(defect.Shows, StringComparison.Ordinal))
        {
            output.WriteLine($"{defect.Name}: history {seed} does not show \"{defect.Shows}\": {violation}");
            return false;
        }

        if (Control(defect.Kind, defect.First, (int)(seed - defect.First) + 1) is { } without)
        {
            output.WriteLine($"{defect.Name}: without it as well: {without}");
            return false;
        }

        output.WriteLine($"{defect.Name}: found by history {seed}: {violation}");
        return true;
    }

    /// <summary>What the same histories break on a fresh host without a defect; several defects may have one control.</summary>
    private string? Control(HistoryKind kind, long first, int count)
    {
        if (!controls.TryGetValue((kind, first, count), out var violation))
        {
            controls[(kind, first, count)] = violation = Play(kind, first, count, null)?.Violation;
        }

        return violation;
    }

    /// <returns>The first violation; null when there is none.</returns>
    private (long Seed, string Violation)? Play(HistoryKind kind, long first, int count, Defect? defect)
    {
        (long, string)? found = null;
        new Batch(new Coverage(), defect, kind).Run(
            first,
            count,
            async (service, plan, result) =>
            {
                if (result.Violation is not { } violation)
                {
                    return true;
                }

                found = (result.Seed, violation);
                await (shortens ? FailureReport.WriteAsync(output, service, plan, result, defect?.Name) : Task.CompletedTask);
                return false;
            }
        );
        return found;
    }
}
