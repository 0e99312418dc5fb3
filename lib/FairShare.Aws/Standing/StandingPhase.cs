namespace FairShare.Aws.Standing;

/// <summary>How far work is.</summary>
public enum StandingPhase
{
    /// <summary>There is another round.</summary>
    Active,

    /// <summary>Every peer has done what there was to do.</summary>
    Done,

    /// <summary>The orders are worth nothing any more.</summary>
    Expired,

    /// <summary>Whoever knows its id has ended it.</summary>
    Withdrawn,
}
