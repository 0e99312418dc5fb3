using FairShare.Vault.Compression;
using FairShare.Vault.Packing;

namespace FairShare.Vault.Objects;

/// <summary>A file or folder as content.</summary>
/// <param name="Tree">The listed tree.</param>
public sealed record TreeContent(SourceTree Tree) : IVaultContent
{
    /// <inheritdoc/>
    public PayloadKind Kind => PayloadKind.Archive;

    /// <inheritdoc/>
    public long? LengthBound => Tree.ArchiveLengthBound;

    /// <inheritdoc/>
    public void WriteTo(Stream destination, IProgress<long>? progress, CancellationToken cancellationToken) =>
        Tree.WriteTo(destination, progress, cancellationToken);
}
