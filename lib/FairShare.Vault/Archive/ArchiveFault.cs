namespace FairShare.Vault.Archive;

/// <summary>Every reason for which a tree is not packed or an archive not extracted; a closed set.</summary>
public enum ArchiveFault
{
    /// <summary><c>archive-unsafe</c>: an entry that would leave the folder, or is neither file, folder nor link.</summary>
    Unsafe,

    /// <summary><c>archive-collision</c>: two entries with one name, or an entry below something that is no folder.</summary>
    Collision,

    /// <summary><c>archive-too-many-entries</c>: more than 2^20.</summary>
    TooManyEntries,

    /// <summary><c>archive-malformed</c>: no tar archive, or cut off, or with names of more than a megabyte.</summary>
    Malformed,

    /// <summary><c>archive-source</c>: a file that cannot be read, cannot be stored, or changes while it is read.</summary>
    Source,

    /// <summary><c>archive-target-exists</c>: there is something with the name of what would be extracted.</summary>
    TargetExists,

    /// <summary><c>archive-no-space</c>: the disk is full.</summary>
    NoSpace,

    /// <summary><c>archive-target</c>: the system does not let the entry be written.</summary>
    Target,
}

/// <summary>The stable codes of faults.</summary>
public static class ArchiveFaults
{
    /// <summary>The code, for example <c>archive-unsafe</c>.</summary>
    public static string Code(this ArchiveFault fault) =>
        fault switch
        {
            ArchiveFault.Unsafe => "archive-unsafe",
            ArchiveFault.Collision => "archive-collision",
            ArchiveFault.TooManyEntries => "archive-too-many-entries",
            ArchiveFault.Malformed => "archive-malformed",
            ArchiveFault.Source => "archive-source",
            ArchiveFault.TargetExists => "archive-target-exists",
            ArchiveFault.NoSpace => "archive-no-space",
            ArchiveFault.Target => "archive-target",
            _ => throw new ArgumentOutOfRangeException(nameof(fault)),
        };
}
