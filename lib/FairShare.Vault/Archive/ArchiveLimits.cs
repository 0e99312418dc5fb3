namespace FairShare.Vault.Archive;

/// <summary>What an archive may have; packing and extraction hold the same limits, so that what is packed can be extracted.</summary>
public static class ArchiveLimits
{
    /// <summary>The most files, folders and links, folders that only stand in a path included: 2^20.</summary>
    public const int MaxEntries = 1 << 20;

    /// <summary>The most bytes of names and attributes of one entry: 1 MiB.</summary>
    public const int MetadataLength = 1 << 20;

    /// <summary>
    /// The bits of a mode that are kept: reading, writing and executing, and the sticky bit. No program gains rights by extraction.
    /// </summary>
    public const UnixFileMode Modes = (UnixFileMode)0b001_111_111_111;

    /// <summary>How names are compared: as Linux does, or without regard to case as other systems do.</summary>
    public static StringComparer Names => OperatingSystem.IsLinux() ? StringComparer.Ordinal : StringComparer.OrdinalIgnoreCase;
}
