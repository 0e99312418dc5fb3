using FairShare.Core.Digests;
using FairShare.Log.Merkle;

namespace FairShare.Log.Tiles;

/// <summary>The hashes of a tree that is kept in tiles; each tile is read once.</summary>
/// <param name="size">How many leaves the tree has: it says how wide its partial tiles are.</param>
/// <param name="read">Reads a tile's octets.</param>
public sealed class TileNodes(long size, Func<TileAddress, CancellationToken, Task<byte[]>> read) : ITreeNodes
{
    private readonly Dictionary<TileAddress, Sha256Digest[]> found = [];

    /// <inheritdoc/>
    /// <exception cref="Core.Errors.ProtocolException"><c>invalid-tile</c>: a tile has not as many hashes as it must have.</exception>
    public async ValueTask<Sha256Digest> ReadAsync(TreeNode node, CancellationToken cancellationToken)
    {
        var level = node.Level / TileAddress.Height;
        var height = node.Level % TileAddress.Height;
        var first = node.Index << height;
        var hashes = await TileAsync(level, first >> TileAddress.Height, cancellationToken).ConfigureAwait(false);
        return TreeHash.OfFull(hashes.AsSpan((int)(first % TileAddress.FullWidth), 1 << height));
    }

    private async Task<Sha256Digest[]> TileAsync(int level, long index, CancellationToken cancellationToken)
    {
        var count = size >> (level * TileAddress.Height);
        var width = (int)Math.Min(TileAddress.FullWidth, count - (index << TileAddress.Height));
        var address = TileAddress.OfHashes(level, index, width);
        return found.TryGetValue(address, out var known)
            ? known
            : found[address] = HashTile.Read(await read(address, cancellationToken).ConfigureAwait(false), width);
    }
}
