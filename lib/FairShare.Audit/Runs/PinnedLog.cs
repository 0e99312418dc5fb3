using FairShare.Log.Notes;
using FairShare.Log.Reading;
using FairShare.Log.Tiles;

namespace FairShare.Audit.Runs;

/// <summary>
/// A log as it is at one moment: the checkpoint is read once. Read before table and archives, whatever enters the log meanwhile is beyond
/// it, and everything that it covers is in what is read afterwards.
/// </summary>
public sealed class PinnedLog : ILogFiles
{
    private readonly ILogFiles files;
    private readonly Task<SignedNote?> checkpoint;

    private PinnedLog(ILogFiles files, Task<SignedNote?> checkpoint) => (this.files, this.checkpoint) = (files, checkpoint);

    /// <summary>Reads the checkpoint; a fault is thrown to whoever asks for it later.</summary>
    /// <param name="files">The log.</param>
    /// <param name="cancellationToken">Stops the reading.</param>
    public static async Task<PinnedLog> ReadAsync(ILogFiles files, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(files);
        var checkpoint = files.FindCheckpointAsync(cancellationToken);
        await Task.WhenAny(checkpoint).ConfigureAwait(false);
        return new PinnedLog(files, checkpoint);
    }

    /// <inheritdoc/>
    public Task<SignedNote?> FindCheckpointAsync(CancellationToken cancellationToken) => checkpoint;

    /// <inheritdoc/>
    public Task<byte[]?> FindTileAsync(TileAddress address, CancellationToken cancellationToken) =>
        files.FindTileAsync(address, cancellationToken);
}
