using FairShare.Client.Http;
using FairShare.Log.Notes;
using FairShare.Log.Reading;
using FairShare.Log.Tiles;

namespace FairShare.Client.Log.Audit;

/// <summary>A log over HTTP, as an audit reads it: what the server fails to answer is no fault of the log, and ends no audit.</summary>
/// <param name="log">The log.</param>
public sealed class ReachedLog(ILogFiles log) : ILogFiles
{
    /// <inheritdoc/>
    public Task<SignedNote?> FindCheckpointAsync(CancellationToken cancellationToken) =>
        ReachAsync(() => log.FindCheckpointAsync(cancellationToken), cancellationToken);

    /// <inheritdoc/>
    public Task<byte[]?> FindTileAsync(TileAddress address, CancellationToken cancellationToken) =>
        ReachAsync(() => log.FindTileAsync(address, cancellationToken), cancellationToken);

    private static async Task<T> ReachAsync<T>(Func<Task<T>> read, CancellationToken cancellationToken)
    {
        try
        {
            return await read().ConfigureAwait(false);
        }
        catch (Exception fault)
            when (fault is FairShareProblem or HttpRequestException or IOException
                || (fault is OperationCanceledException && !cancellationToken.IsCancellationRequested)
            )
        {
            throw new LogUnavailableException($"The log could not be read to its end: {fault.Message}", fault);
        }
    }
}
