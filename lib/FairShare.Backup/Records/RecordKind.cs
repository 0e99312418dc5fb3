namespace FairShare.Backup.Records;

/// <summary>The kinds of signed records of a backup; the header's <c>typ</c> is the name as written here.</summary>
public enum RecordKind
{
    /// <summary>An owner tells one peer to do something.</summary>
    BackupOrder,

    /// <summary>An owner says what a backup is, and which peers hold it.</summary>
    BackupManifest,

    /// <summary>A peer says that it keeps a share.</summary>
    StorageReceipt,

    /// <summary>A peer says that it gave its share to an owner.</summary>
    ShareRelease,

    /// <summary>A peer says that it has nothing of a backup any more.</summary>
    DeletionReceipt,

    /// <summary>A peer says what it found when it read a whole body.</summary>
    IntegrityProof,

    /// <summary>A peer says where it stopped reading, to go on from there.</summary>
    IntegrityProgress,

    /// <summary>A peer's key for one refresh or one repair.</summary>
    EphemeralKey,

    /// <summary>A peer's part of a refresh.</summary>
    RefreshDeal,

    /// <summary>A peer says that a deal is wrong for it.</summary>
    Accusation,

    /// <summary>A dealer answers an accusation.</summary>
    DealOpening,

    /// <summary>A peer says that it holds the next epoch's share.</summary>
    RefreshPrepared,

    /// <summary>A peer says in which epoch its share is.</summary>
    RefreshApplied,

    /// <summary>What a helper deals to all helpers of a repair.</summary>
    ShareMasks,

    /// <summary>A helper's share under the masks of all, for the peer that is helped.</summary>
    MaskedShare,

    /// <summary>Who takes part in a repair shows that another has sent something wrong.</summary>
    HelpAccusation,

    /// <summary>A group's key says who its members are.</summary>
    GroupRoster,

    /// <summary>Somebody who was invited asks to be a member of a group.</summary>
    GroupRequest,
}
