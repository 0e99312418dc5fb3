using FairShare.Log.Notes;
using FairShare.Log.Reading;
using FairShare.Log.Tiles;

namespace FairShare.Aws.Log;

/// <summary>The log's files in its bucket, as they are published.</summary>
/// <param name="bucket">The log's bucket.</param>
public sealed class PublishedLog(LogBucket bucket) : ILogFiles
{
    /// <inheritdoc/>
    public async Task<SignedNote?> FindCheckpointAsync(CancellationToken cancellationToken) =>
        await bucket.FindAsync(LogBucket.CheckpointKey, cancellationToken) is { } found ? SignedNote.Parse(found.Content) : null;

    /// <inheritdoc/>
    public async Task<byte[]?> FindTileAsync(TileAddress address, CancellationToken cancellationToken) =>
        (await bucket.FindAsync(address.ToString(), cancellationToken))?.Content;
}
