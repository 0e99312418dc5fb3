using FairShare.Simulation.Defects;
using FairShare.Simulation.Faults;

namespace FairShare.Simulation.Runs;

/// <summary>Plays one history again, exactly: after those of its batch that came before it, on a host of its own.</summary>
internal static class ReplayRun
{
    /// <returns>Whether all promises held.</returns>
    public static bool Run(TextWriter output, long seed, Defect? defect)
    {
        var first = defect?.First ?? (seed - (seed % Batch.Size));
        var holds = true;
        new Batch(new Coverage(), defect, defect?.Kind).Run(
            first,
            (int)(seed - first) + 1,
            async (service, plan, result) =>
            {
                if (plan.Seed == seed)
                {
                    output.WriteLine(result);
                    holds = result.Violation is null;
                    if (!holds)
                    {
                        await FailureReport.WriteAsync(output, service, plan, result, defect?.Name);
                    }
                }

                return plan.Seed != seed;
            }
        );
        return holds;
    }
}
