using System.Runtime.CompilerServices;
using FairShare.Core.Digests;
using FairShare.Core.Errors;
using FairShare.Log.Leaves;
using FairShare.Log.Merkle;
using FairShare.Log.Tiles;

namespace FairShare.Log.Reading;

/// <summary>The log of one checkpoint: its entries and its tree, read from its files as they are needed.</summary>
/// <param name="files">The files.</param>
/// <param name="size">The checkpoint's size, which says how wide partial tiles are.</param>
public sealed class LogTree(ILogFiles files, long size)
{
    private readonly MerkleTree tree = new(new TileNodes(size, (address, stop) => GetAsync(files, address, stop)), size);

    /// <summary>The tree, whose tiles are read once each.</summary>
    public MerkleTree Merkle => tree;

    /// <summary>The entries from one index on, in their order.</summary>
    /// <param name="start">The index of the first, from 0.</param>
    /// <param name="end">The index after the last; not more than the size.</param>
    /// <param name="cancellationToken">Stops the reading.</param>
    /// <exception cref="ProtocolException"><c>not-in-log</c>: a bundle is missing; <c>invalid-tile</c>: it is none.</exception>
    public async IAsyncEnumerable<byte[]> ReadEntriesAsync(
        long start,
        long end,
        [EnumeratorCancellation] CancellationToken cancellationToken
    )
    {
        for (var index = start; index < end; )
        {
            var bundle = index / TileAddress.FullWidth;
            var first = bundle * TileAddress.FullWidth;
            var address = TileAddress.OfEntries(bundle, (int)Math.Min(TileAddress.FullWidth, size - first));
            var entries = EntryBundle.Read(await GetAsync(files, address, cancellationToken).ConfigureAwait(false), address.Width);
            for (; index < Math.Min(end, first + address.Width); index++)
            {
                yield return entries[(int)(index - first)];
            }
        }
    }

    /// <summary>Whether the tiles prove that a leaf stands at an index; false where one is missing or damaged.</summary>
    /// <param name="leaf">The leaf.</param>
    /// <param name="index">Its index, from 0; one out of the tree has no leaf.</param>
    /// <param name="root">The checkpoint's root.</param>
    /// <param name="cancellationToken">Stops the reading.</param>
    public async Task<bool> HasAsync(LogLeaf leaf, long index, Sha256Digest root, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(leaf);
        try
        {
            return index >= 0
                && index < size
                && (await tree.ProveInclusionAsync(index, cancellationToken).ConfigureAwait(false)).Verify(leaf.Hash(), root);
        }
        catch (ProtocolException)
        {
            return false;
        }
    }

    private static async Task<byte[]> GetAsync(ILogFiles files, TileAddress address, CancellationToken cancellationToken) =>
        await files.FindTileAsync(address, cancellationToken).ConfigureAwait(false)
        ?? throw new ProtocolException("not-in-log", $"The log lacks {address}.");
}
