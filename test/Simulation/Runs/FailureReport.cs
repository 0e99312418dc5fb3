using FairShare.Simulation.Histories;

namespace FairShare.Simulation.Runs;

/// <summary>Tells of a history that broke a promise: its seed, what it broke, and what is left of it when it is shortened.</summary>
internal static class FailureReport
{
    public static async Task WriteAsync(
        TextWriter output,
        SimulatedService service,
        HistoryPlan plan,
        HistoryResult result,
        string? defect = null
    )
    {
        var found = await new Shortening(service, plan).RunAsync(result);
        output.WriteLine($"shortened: {found?.Violation ?? "it does not fail a second time on the same host; the whole history"}");
        output.WriteLine($"  deadline {plan.DeadlineSeconds} s, clocks off by {string.Join(' ', plan.Skews)} s");
        foreach (var deed in found?.Deeds ?? plan.Deeds)
        {
            output.WriteLine($"  {deed}");
        }

        foreach (var fault in found?.Faults ?? result.Faults)
        {
            output.WriteLine($"  {fault}");
        }

        output.WriteLine($"again: Simulation replay {plan.Seed} {defect}".TrimEnd());
    }
}
