namespace FairShare.Vault.Compression;

/// <summary>How content is compressed; either way the result is zstd (RFC 8878).</summary>
public enum VaultCompression
{
    /// <summary>zstd, level 3.</summary>
    Zstd,

    /// <summary>Blocks of zstd that hold the bytes as they are, so that the length tells nothing of what the bytes are.</summary>
    None,
}
