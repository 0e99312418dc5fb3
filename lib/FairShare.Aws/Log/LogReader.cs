using FairShare.Core.Digests;
using FairShare.Log.Checkpoints;
using FairShare.Log.Merkle;
using FairShare.Log.Notes;
using FairShare.Log.Proofs;
using FairShare.Log.Tiles;

namespace FairShare.Aws.Log;

/// <summary>Reads the log as it is published.</summary>
/// <param name="files">The log's files.</param>
/// <param name="leaves">The places of tokens.</param>
public sealed class LogReader(PublishedLog files, LogLeaves leaves)
{
    /// <summary>The checkpoint as it was published last.</summary>
    /// <returns>The note; null while the log has no leaves.</returns>
    public Task<SignedNote?> FindCheckpointAsync(CancellationToken cancellationToken) => files.FindCheckpointAsync(cancellationToken);

    /// <summary>A tile or a bundle.</summary>
    /// <returns>Its octets; null when there is none.</returns>
    public Task<byte[]?> FindTileAsync(TileAddress address, CancellationToken cancellationToken) =>
        files.FindTileAsync(address, cancellationToken);

    /// <summary>Proves that a token stands in the log, by the checkpoint that was published last.</summary>
    /// <returns>The proof; null for a token that no published checkpoint covers.</returns>
    public async Task<LogProof?> ProveAsync(Sha256Digest tokenHash, CancellationToken cancellationToken)
    {
        if (
            await leaves.FindAsync(tokenHash, cancellationToken) is not { } index
            || await FindCheckpointAsync(cancellationToken) is not { } note
            || Checkpoint.Parse(note.Text).Size is var size && size <= index
        )
        {
            return null;
        }

        var proof = await TreeOf(size, size).ProveInclusionAsync(index, cancellationToken);
        return new LogProof(index, proof.Hashes, note);
    }

    /// <summary>Proves that the log of one size is the beginning of the log of another.</summary>
    /// <returns>The proof; null where the sizes are in the wrong order, or larger than the published log.</returns>
    public async Task<ConsistencyProof?> ProveConsistencyAsync(long oldSize, long size, CancellationToken cancellationToken) =>
        oldSize <= size
        && await FindCheckpointAsync(cancellationToken) is { } note
        && Checkpoint.Parse(note.Text).Size is var published
        && size <= published
            ? await TreeOf(size, published).ProveConsistencyAsync(oldSize, cancellationToken)
            : null;

    /// <summary>A smaller tree's hashes are read from the tiles of the published one: only those are sure to be there.</summary>
    private MerkleTree TreeOf(long size, long published) => new(new TileNodes(published, RequireTileAsync), size);

    private async Task<byte[]> RequireTileAsync(TileAddress address, CancellationToken cancellationToken) =>
        await FindTileAsync(address, cancellationToken) ?? throw new InvalidOperationException($"The log lacks {address}.");
}
