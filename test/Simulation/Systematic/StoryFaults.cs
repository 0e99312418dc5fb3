using FairShare.Simulation.Faults;
using FairShare.Simulation.Histories;
using FairShare.Simulation.Histories.Stories;
using FairShare.Simulation.Runs;

namespace FairShare.Simulation.Systematic;

/// <summary>
/// Lists every story with every fault that it can meet: one for each call that it makes, and each kind that is possible there.
/// </summary>
internal static class StoryFaults
{
    /// <summary>Plays every story once as it is, and notes the calls.</summary>
    /// <exception cref="InvalidOperationException">A story breaks a promise without any fault.</exception>
    public static async Task<IReadOnlyList<StoryFault>> ListAsync(SimulatedService service)
    {
        var all = new List<StoryFault>();
        var cells = new HashSet<FaultCell>();
        foreach (var story in StoryBook.All)
        {
            var result = await new HistoryRun(service, story.Plan).RunAsync(story.Deeds, story.Given);
            if (result.Violation is { } violation)
            {
                throw new InvalidOperationException($"{story.Name}: without a fault: {violation}");
            }

            foreach (var fault in FaultsOf(service.Faults.Made).Where(fault => !IsGiven(story, fault)))
            {
                all.Add(new StoryFault(all.Count, story, fault, cells.Add(new FaultCell(fault.Call, fault.Kind))));
            }
        }

        return all;
    }

    private static bool IsGiven(Story story, StruckFault fault) =>
        story.Given.Any(given => given.Call == fault.Call && given.Occurrence == fault.Occurrence);

    private static IEnumerable<StruckFault> FaultsOf(IReadOnlyDictionary<TemplateHost.Gateway.Faults.CallPoint, int> made) =>
        from call in made.OrderBy(pair => pair.Key.ToString(), StringComparer.Ordinal)
        from occurrence in Enumerable.Range(0, call.Value)
        from kind in FaultChoices.Of(call.Key)
        select new StruckFault(call.Key, occurrence, kind);
}
