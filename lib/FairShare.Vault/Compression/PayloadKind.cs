namespace FairShare.Vault.Compression;

/// <summary>What a payload is once it is decompressed.</summary>
public enum PayloadKind
{
    /// <summary>A tar archive of files and folders.</summary>
    Archive,

    /// <summary>The bytes of a pipe, without a name.</summary>
    Pipe,
}
