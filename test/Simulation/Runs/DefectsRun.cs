using FairShare.Simulation.Defects;
using FairShare.Simulation.Faults;

namespace FairShare.Simulation.Runs;

/// <summary>Switches on one seeded defect after another, and runs histories until one shows it.</summary>
internal static class DefectsRun
{
    /// <returns>How many were not found.</returns>
    public static int Run(TextWriter output, IEnumerable<Defect> defects, int mostHistories)
    {
        var missed = 0;
        foreach (var defect in defects)
        {
            var isFound = false;
            new Batch(new Coverage(), defect).Run(
                0,
                mostHistories,
                async (service, plan, result) =>
                {
                    isFound = result.Violation is not null;
                    if (isFound)
                    {
                        output.WriteLine($"{defect.Name}: found by history {result.Seed}: {result.Violation}");
                        await FailureReport.WriteAsync(output, service, plan, result);
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
