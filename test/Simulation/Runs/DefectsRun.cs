using FairShare.Simulation.Defects;
using FairShare.Simulation.Faults;

namespace FairShare.Simulation.Runs;

/// <summary>Switches on one seeded defect after another, and runs histories until one shows it.</summary>
internal static class DefectsRun
{
    /// <param name="output">Told of each.</param>
    /// <param name="defects">Which.</param>
    /// <param name="mostHistories">How many histories to try, from the defect's first on.</param>
    /// <param name="shortens">Whether to shorten what was found.</param>
    /// <returns>How many were not found.</returns>
    public static int Run(TextWriter output, IEnumerable<Defect> defects, long mostHistories, bool shortens)
    {
        var missed = 0;
        foreach (var defect in defects)
        {
            var isFound = false;
            new Batch(new Coverage(), defect).Run(
                defect.First,
                (int)mostHistories,
                async (service, plan, result) =>
                {
                    isFound = result.Violation is not null;
                    if (isFound)
                    {
                        output.WriteLine($"{defect.Name}: found by history {result.Seed}: {result.Violation}");
                        await (shortens ? FailureReport.WriteAsync(output, service, plan, result, defect.Name) : Task.CompletedTask);
                    }

                    return !isFound;
                }
            );
            if (!isFound)
            {
                missed++;
                output.WriteLine($"{defect.Name}: not found by {mostHistories} histories");
            }
        }

        return missed;
    }
}
