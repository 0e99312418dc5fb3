using FairShare.Simulation.Faults;
using FairShare.Simulation.Histories.Stories;

namespace FairShare.Simulation.Systematic;

/// <summary>A story with exactly one fault, beside those that belong to it.</summary>
/// <param name="Number">Its place among all.</param>
/// <param name="Story">The story.</param>
/// <param name="Fault">The fault.</param>
/// <param name="IsFirst">Whether no earlier one strikes the same call with the same fault.</param>
internal sealed record StoryFault(int Number, Story Story, StruckFault Fault, bool IsFirst)
{
    public override string ToString() => $"{Number}: {Story.Name}: {Fault}";
}
