using FairShare.Simulation.Faults;

namespace FairShare.Simulation.Histories.Stories;

/// <summary>
/// A short history that is always the same: it is played as it is, which tells the calls that it makes, and then with a fault at each.
/// Every function starts cold, so that all that is done once in an instance's life is done in each of them.
/// </summary>
/// <param name="Number">Its place among all stories, from 0.</param>
/// <param name="Name">What it tells.</param>
/// <param name="Kind">What it is about.</param>
/// <param name="DeadlineSeconds">What downloaders ask for, or how long an item lives.</param>
/// <param name="Deeds">In the order of their times.</param>
internal sealed record Story(int Number, string Name, HistoryKind Kind, int DeadlineSeconds, IReadOnlyList<Deed> Deeds)
{
    // By a multiple of four a call takes no time; no random history has a seed below zero.
    private const long Stride = -4;

    /// <summary>Faults that belong to the story: some calls are made only after another failed.</summary>
    public IReadOnlyList<StruckFault> Given { get; init; } = [];

    /// <summary>The story as a history without faults of its own, and with clocks that are right.</summary>
    public HistoryPlan Plan =>
        new(Stride * (Number + 1), Kind, Deeds, 0, DeadlineSeconds, [.. Enumerable.Repeat(0, Histories.Plan.Parties)]) { IsStory = true };
}
