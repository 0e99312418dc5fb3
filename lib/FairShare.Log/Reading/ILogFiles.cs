using FairShare.Log.Notes;
using FairShare.Log.Tiles;

namespace FairShare.Log.Reading;

/// <summary>A log's files (C2SP tlog-tiles), wherever they are. Nothing that it gives is verified.</summary>
public interface ILogFiles
{
    /// <summary>The checkpoint as it was published last.</summary>
    /// <returns>The note; null while the log has none.</returns>
    /// <exception cref="Core.Errors.ProtocolException"><c>invalid-note</c>.</exception>
    /// <exception cref="LogUnavailableException">It cannot be reached. A reader may throw exceptions of its own instead.</exception>
    Task<SignedNote?> FindCheckpointAsync(CancellationToken cancellationToken);

    /// <summary>A tile of hashes or a bundle of entries.</summary>
    /// <returns>Its octets; null when there is none.</returns>
    /// <exception cref="LogUnavailableException">As for the checkpoint.</exception>
    Task<byte[]?> FindTileAsync(TileAddress address, CancellationToken cancellationToken);
}
