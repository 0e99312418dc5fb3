using FairShare.Log.Tiles;

namespace FairShare.Client.Log;

/// <summary>What a monitor has seen of a log.</summary>
/// <param name="Edge">The right edge of the largest size.</param>
/// <param name="Note">The checkpoint of that size; empty at first.</param>
/// <param name="Sightings">When the log had which size, in their order.</param>
public sealed record SeenLog(LogEdge Edge, string Note, IReadOnlyList<Sighting> Sightings)
{
    /// <summary>
    /// How long after it was made a token may enter the log, at most; from then on one that claims to be older is backdated.
    /// </summary>
    public static readonly TimeSpan MaximumMergeDelay = TimeSpan.FromMinutes(10);

    /// <summary>Nothing yet.</summary>
    public static SeenLog Nothing { get; } = new(LogEdge.Empty, "", []);

    /// <summary>The next sight of the log.</summary>
    internal SeenLog GoOn(LogEdge edge, string note, DateTimeOffset now) =>
        edge.Size == Edge.Size && Sightings.Count > 0
            ? new SeenLog(Edge, note, [.. Sightings.SkipLast(1), Sightings[^1] with { LastSeenAt = now }])
            : new SeenLog(edge, note, [.. Sightings, new Sighting(edge.Size, now, now)]);

    /// <summary>Judges a token by when the log had it not yet.</summary>
    /// <param name="index">The token's place in the log.</param>
    /// <param name="madeAt">When it says to have been made.</param>
    /// <returns>A finding, if the log did not have the token longer than the maximum merge delay after that time; else null.</returns>
    public LogFinding? FindBackdating(long index, DateTimeOffset madeAt)
    {
        // The log still lacked it when this size was the largest.
        var after = Sightings.FirstOrDefault(sighting => sighting.Size > index);
        var before = Sightings.LastOrDefault(sighting => sighting.Size <= index);
        return after is not null && before is not null && madeAt + MaximumMergeDelay < before.LastSeenAt
            ? new LogFinding(
                "backdated",
                FormattableString.Invariant(
                    $"The token at {index} says to be of {madeAt:O}; at {before.LastSeenAt:O} the log had {before.Size} leaves, without it."
                ),
                [Note]
            )
            : null;
    }
}

/// <summary>When the log had a size.</summary>
/// <param name="Size">How many leaves the log had.</param>
/// <param name="FirstSeenAt">When first.</param>
/// <param name="LastSeenAt">When last, before it grew.</param>
public sealed record Sighting(long Size, DateTimeOffset FirstSeenAt, DateTimeOffset LastSeenAt);
