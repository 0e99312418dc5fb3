using System.Globalization;
using FairShare.Simulation.Defects;
using FairShare.Simulation.Histories;
using FairShare.Simulation.Histories.Stories;
using FairShare.Simulation.Runs;

namespace FairShare.Simulation.Systematic;

/// <summary>Plays every story with every fault, one at a time, or some of them.</summary>
/// <param name="tally">Told of each history.</param>
/// <param name="output">Told of each that breaks a promise, and of each whose fault did not strike.</param>
/// <param name="defect">A defect that the service has; null for none.</param>
internal sealed class SystematicRun(Tally tally, TextWriter output, Defect? defect = null)
{
    // A host grows with what is stored on it: docs/simulation.md says what a history costs.
    private const int PerHost = 400;

    /// <param name="choose">Which of all are played.</param>
    public void Run(Func<StoryFault, bool> choose)
    {
        List<StoryFault>? all = null;
        for (var next = 0; all is null || next < all.Count; next += PerHost)
        {
            tally.Events += SimulatedHost.Run(
                tally.Coverage,
                SimulatedService.Stories,
                defect,
                async service =>
                {
                    var listed = await StoryFaults.ListAsync(service);
                    all ??= Choose(listed, choose);
                    foreach (var one in all.Skip(next).Take(PerHost))
                    {
                        await PlayAsync(service, one);
                    }
                }
            );
        }
    }

    private List<StoryFault> Choose(IReadOnlyList<StoryFault> listed, Func<StoryFault, bool> choose)
    {
        List<StoryFault> chosen = [.. listed.Where(choose)];
        output.WriteLine(
            $"{StoryBook.All.Count} stories with {listed.Count} faults, of which {listed.Count(one => one.IsFirst)} are the first of their "
                + $"cell; chosen: {chosen.Count}"
        );
        return chosen;
    }

    private async Task PlayAsync(SimulatedService service, StoryFault one)
    {
        var result = await new HistoryRun(service, one.Story.Plan).RunAsync(one.Story.Deeds, [.. one.Story.Given, one.Fault]);
        var struck = result.Faults.Contains(one.Fault);
        tally.Add(result with { Violation = result.Violation ?? (struck ? null : "The fault did not strike.") }, one.ToString());
        if (result.Violation is null && struck)
        {
            return;
        }

        foreach (var deed in one.Story.Deeds)
        {
            output.WriteLine($"  {deed}");
        }

        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"again: Simulation systematic {one.Number}"));
    }
}
