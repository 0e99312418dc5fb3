using System.Net;
using FairShare.Client.Http;
using FairShare.Core.Digests;
using FairShare.Core.Errors;
using FairShare.Log.Merkle;
using FairShare.Log.Notes;
using FairShare.Log.Proofs;
using FairShare.Log.Reading;
using FairShare.Log.Tiles;

namespace FairShare.Client.Log;

/// <summary>
/// Reads a log over HTTP (C2SP tlog-tiles). Nothing that it gives is verified, but that it has the form that it must have.
/// </summary>
/// <param name="http">The connection; its base address is the log's prefix with a trailing slash.</param>
public sealed class LogClient(HttpClient http) : ILogFiles
{
    private const int Limit = 1024 * 1024;
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(250);

    /// <summary>The log's prefix.</summary>
    public Uri Address => http.BaseAddress!;

    /// <summary>The checkpoint.</summary>
    /// <returns>The note; null while the log has none.</returns>
    /// <exception cref="ProtocolException"><c>invalid-note</c>.</exception>
    /// <exception cref="FairShareProblem">The log answers with another status than 200 and 404.</exception>
    public async Task<SignedNote?> FindCheckpointAsync(CancellationToken cancellationToken) =>
        await FindAsync("checkpoint", cancellationToken).ConfigureAwait(false) is { } content ? SignedNote.Parse(content) : null;

    /// <inheritdoc/>
    /// <exception cref="FairShareProblem">The log answers with another status than 200 and 404.</exception>
    public Task<byte[]?> FindTileAsync(TileAddress address, CancellationToken cancellationToken) =>
        FindAsync(address.ToString(), cancellationToken);

    /// <summary>The proof of a token, by its hash.</summary>
    /// <returns>The proof; null for a token that the log does not have, or not yet.</returns>
    /// <exception cref="ProtocolException"><c>invalid-proof</c>.</exception>
    public async Task<LogProof?> FindProofAsync(Sha256Digest tokenHash, CancellationToken cancellationToken) =>
        await FindAsync($"proofs/{tokenHash}", cancellationToken).ConfigureAwait(false) is { } content
            ? LogProof.Parse(System.Text.Encoding.UTF8.GetString(content))
            : null;

    /// <summary>Waits until the log has a token.</summary>
    /// <param name="tokenHash">The token's hash.</param>
    /// <param name="time">The clock.</param>
    /// <param name="longest">How long to wait at most.</param>
    /// <param name="cancellationToken">Stops the wait.</param>
    /// <returns>The proof; null when the time is over.</returns>
    public async Task<LogProof?> WaitForProofAsync(
        Sha256Digest tokenHash,
        TimeProvider time,
        TimeSpan longest,
        CancellationToken cancellationToken
    )
    {
        var start = time.GetTimestamp();
        while (true)
        {
            if (await FindProofAsync(tokenHash, cancellationToken).ConfigureAwait(false) is { } proof)
            {
                return proof;
            }

            if (time.GetElapsedTime(start) >= longest)
            {
                return null;
            }

            await Task.Delay(Pause, time, cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>The log's tree of some size, whose hashes are read from its tiles as they are needed.</summary>
    /// <param name="size">The size of a checkpoint.</param>
    public MerkleTree TreeOf(long size) => new LogTree(this, size).Merkle;

    /// <summary>The entries of a log, in their order.</summary>
    /// <param name="start">The index of the first, from 0.</param>
    /// <param name="size">The size of a checkpoint: where they end.</param>
    /// <param name="cancellationToken">Stops the reading.</param>
    /// <exception cref="ProtocolException"><c>not-in-log</c>, <c>invalid-tile</c>.</exception>
    public IAsyncEnumerable<byte[]> ReadEntriesAsync(long start, long size, CancellationToken cancellationToken) =>
        new LogTree(this, size).ReadEntriesAsync(start, size, cancellationToken);

    private async Task<byte[]?> FindAsync(string path, CancellationToken cancellationToken)
    {
        using var response = await http.GetAsync(new Uri(path, UriKind.Relative), cancellationToken).ConfigureAwait(false);
        if (response.StatusCode == HttpStatusCode.NotFound)
        {
            return null;
        }

        if (response.StatusCode != HttpStatusCode.OK || response.Content.Headers.ContentLength > Limit)
        {
            var status = (int)response.StatusCode;
            throw new FairShareProblem($"http-{status}", status, $"The log at {http.BaseAddress} answered with HTTP status {status}.");
        }

        return await response.Content.ReadAsByteArrayAsync(cancellationToken).ConfigureAwait(false);
    }
}
