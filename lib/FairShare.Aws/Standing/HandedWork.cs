using FairShare.Backup.Standing;

namespace FairShare.Aws.Standing;

/// <summary>Work that was handed over.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Work">The JSON of what was handed over.</param>
/// <param name="Until">When the first of the orders is worth nothing any more.</param>
public sealed record HandedWork(StandingWorkId Id, string Work, DateTimeOffset Until)
{
    /// <summary>How far it is.</summary>
    public StandingPhase Phase { get; init; } = StandingPhase.Active;

    /// <summary>The round that is under way, or waits; 1 for the first.</summary>
    public int Round { get; init; } = 1;

    /// <summary>When that round begins.</summary>
    public required DateTimeOffset RoundAt { get; init; }

    /// <summary>The epoch of the key shares that a refresh ends.</summary>
    public long Epoch { get; init; }

    /// <summary>The peers that have nothing more to do.</summary>
    public IReadOnlyList<int> Finished { get; init; } = [];
}
