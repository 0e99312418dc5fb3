using FairShare.Vault.Compression;

namespace FairShare.Vault.Objects;

/// <summary>What is stored.</summary>
public interface IVaultContent
{
    /// <summary>Whether it is an archive or a pipe.</summary>
    PayloadKind Kind { get; }

    /// <summary>A number of bytes that <see cref="WriteTo"/> will not exceed; null for a pipe, of which nobody knows.</summary>
    long? LengthBound { get; }

    /// <summary>Writes the content, uncompressed. An archive can be written again, and is the same; a pipe cannot.</summary>
    /// <param name="destination">Takes the content; stays open.</param>
    /// <param name="progress">Is told the bytes that were read.</param>
    /// <param name="cancellationToken">Ends the writing with an exception.</param>
    void WriteTo(Stream destination, IProgress<long>? progress, CancellationToken cancellationToken);
}
