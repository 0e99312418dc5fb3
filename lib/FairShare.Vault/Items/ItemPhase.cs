namespace FairShare.Vault.Items;

/// <summary>How far an item is, or why it is no more; a closed set.</summary>
public enum ItemPhase
{
    /// <summary>Created; its object is not committed, so it cannot be opened.</summary>
    Pending,

    /// <summary>Committed: it can be opened.</summary>
    Stored,

    /// <summary>Erased after its last open.</summary>
    Opened,

    /// <summary>Erased by a recipient who was done with it.</summary>
    Done,

    /// <summary>Erased by its owner.</summary>
    Deleted,

    /// <summary>Erased because its time was over.</summary>
    Expired,
}
