namespace FairShare.Aws.Standing;

/// <summary>The kinds of partition of a coordinator's table: what their keys begin with.</summary>
public static class StandingPartitions
{
    /// <summary>Work that was handed over, and what peers answered.</summary>
    public const string Work = "WORK#";
}
