using System.Globalization;
using System.Text;
using FairShare.Contracts.Http;
using FairShare.Contracts.Log;
using FairShare.Core.Digests;
using FairShare.Functions.Hosting;
using FairShare.Functions.Http;
using FairShare.Log.Tiles;

namespace FairShare.Functions.Log;

/// <summary>Serves the log to everybody: its files as they are published, and proofs that are computed from them.</summary>
internal sealed class GetLogFile(FunctionServices services) : IRouteHandler<LogPath, None, RawContent>
{
    private const string PlainText = "text/plain; charset=utf-8";

    public async Task<Answer<RawContent>> HandleAsync(ApiCall<LogPath, None> call, CancellationToken cancellationToken)
    {
        var path = call.Subject.ToString();
        return await FindAsync(path, cancellationToken)
            ?? throw LogProblems.NotInLog.With("The log has no such file, no such token, or not yet.");
    }

    private Task<RawContent?> FindAsync(string path, CancellationToken cancellationToken) =>
        path.Split('/') switch
        {
            ["checkpoint"] => FindCheckpointAsync(cancellationToken),
            ["proofs", var hash] => FindProofAsync(Sha256Digest.Parse(hash), cancellationToken),
            ["consistency", var oldSize, var size] when TrySize(oldSize, out var from) && TrySize(size, out var to) => FindConsistencyAsync(
                from,
                to,
                cancellationToken
            ),
            _ when TileAddress.TryParse(path, out var address) => FindTileAsync(address, cancellationToken),
            _ => Task.FromResult<RawContent?>(null),
        };

    private async Task<RawContent?> FindCheckpointAsync(CancellationToken cancellationToken) =>
        await services.LogReader.FindCheckpointAsync(cancellationToken) is { } note ? Text(note.ToString(), isImmutable: false) : null;

    private async Task<RawContent?> FindProofAsync(Sha256Digest tokenHash, CancellationToken cancellationToken) =>
        await services.LogReader.ProveAsync(tokenHash, cancellationToken) is { } proof ? Text(proof.ToString(), isImmutable: false) : null;

    private async Task<RawContent?> FindConsistencyAsync(long oldSize, long size, CancellationToken cancellationToken) =>
        await services.LogReader.ProveConsistencyAsync(oldSize, size, cancellationToken) is { } proof
            ? Text(string.Concat(proof.Hashes.Select(hash => hash.ToBase64() + "\n")), isImmutable: true)
            : null;

    private async Task<RawContent?> FindTileAsync(TileAddress address, CancellationToken cancellationToken) =>
        await services.LogReader.FindTileAsync(address, cancellationToken) is { } content
            ? new RawContent(content, "application/octet-stream", IsImmutable: true)
            : null;

    private static bool TrySize(string text, out long size) =>
        long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out size);

    private static RawContent Text(string text, bool isImmutable) => new(Encoding.UTF8.GetBytes(text), PlainText, isImmutable);
}
