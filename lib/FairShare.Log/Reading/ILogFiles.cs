using FairShare.Log.Notes;
using FairShare.Log.Tiles;

namespace FairShare.Log.Reading;

/// <summary>A log's files (C2SP tlog-tiles), wherever they are. Nothing that it gives is verified.</summary>
public interface ILogFiles
{
    /// <summary>The checkpoint as it was published last.</summary>
    /// <returns>The note; null while the log has none.</returns>
    /// <exception cref="Core.Errors.ProtocolException"><c>invalid-note</c>.</exception>
    Task<SignedNote?> FindCheckpointAsync(CancellationToken cancellationToken);

    /// <summary>A tile of hashes or a bundle of entries.</summary>
    /// <returns>Its octets; null when there is none.</returns>
    Task<byte[]?> FindTileAsync(TileAddress address, CancellationToken cancellationToken);
}
