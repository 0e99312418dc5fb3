namespace FairShare.Aws.Backup;

/// <summary>Where a share stands at a peer.</summary>
public enum KeptPhase
{
    /// <summary>Its body is announced.</summary>
    Pending,

    /// <summary>There is a receipt for it.</summary>
    Stored,

    /// <summary>It is erased; what remains says so.</summary>
    Deleted,
}
