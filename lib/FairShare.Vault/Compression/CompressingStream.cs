using FairShare.Vault.Streams;

namespace FairShare.Vault.Compression;

/// <summary>Writes zstd (RFC 8878) of what is written to it.</summary>
internal abstract class CompressingStream : WriteOnlyStream
{
    /// <summary>Writes all that is left: a frame, even where there was no content.</summary>
    public abstract void Complete();
}
