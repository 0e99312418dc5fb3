namespace FairShare.Simulation.Histories.Stories;

/// <summary>All stories, in the order in which their faults are numbered.</summary>
internal static class StoryBook
{
    public static IReadOnlyList<Story> All { get; } =
    [.. ExchangeStories.All.Concat(VaultStories.All).Concat(BackupStories.All).Select((story, number) => story with { Number = number })];

    /// <summary>A deed of a story.</summary>
    /// <param name="seconds">When.</param>
    /// <param name="actor">Which party.</param>
    /// <param name="kind">What.</param>
    /// <param name="subject">Which document, item or peer.</param>
    /// <param name="exchange">Which exchange, or which open of an item.</param>
    /// <param name="choice">What else there is to choose.</param>
    public static Deed At(double seconds, int actor, DeedKind kind, int subject = 0, int exchange = -1, int choice = 1) =>
        new(0, (int)(seconds * 1000), actor, kind, subject, exchange, choice);

    public static Story Tell(string name, HistoryKind kind, int deadline, params IEnumerable<Deed> deeds) =>
        new(0, name, kind, deadline, [.. deeds.OrderBy(deed => deed.At).Select((deed, number) => deed with { Number = number })]);
}
