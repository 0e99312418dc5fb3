using System.Numerics;
using FairShare.Core.Digests;
using FairShare.Core.Errors;
using FairShare.Log.Leaves;
using FairShare.Log.Merkle;

namespace FairShare.Log.Tiles;

/// <summary>The right edge of a log, its partial tiles and bundle: all that is needed to add leaves and to know the root.</summary>
public sealed class LogEdge
{
    private readonly List<List<Sha256Digest>> levels;
    private readonly List<byte[]> entries;

    private LogEdge(long size, List<List<Sha256Digest>> levels, List<byte[]> entries) =>
        (Size, this.levels, this.entries) = (size, levels, entries);

    /// <summary>The edge of a log without leaves.</summary>
    public static LogEdge Empty => new(0, [], []);

    /// <summary>How many leaves the log has.</summary>
    public long Size { get; }

    /// <summary>Reads the edge of a log.</summary>
    /// <param name="size">How many leaves the log has.</param>
    /// <param name="content">The octets of each of <see cref="TileAddress.EdgeOf"/>.</param>
    /// <exception cref="ProtocolException"><c>invalid-tile</c>.</exception>
    public static LogEdge Read(long size, Func<TileAddress, byte[]> content)
    {
        var (levels, entries) = (new List<List<Sha256Digest>>(), new List<byte[]>());
        foreach (var address in TileAddress.EdgeOf(size))
        {
            if (address.Level is not { } level)
            {
                entries.AddRange(EntryBundle.Read(content(address), address.Width));
                continue;
            }

            while (levels.Count <= level)
            {
                levels.Add([]);
            }

            levels[level].AddRange(HashTile.Read(content(address), address.Width));
        }

        return new LogEdge(size, levels, entries);
    }

    /// <summary>The root of the log's tree.</summary>
    public Sha256Digest Root()
    {
        var subtrees = new List<Sha256Digest>();
        foreach (var hashes in Enumerable.Reverse(levels))
        {
            for (var (start, rest) = (0, hashes.Count); rest > 0; )
            {
                var count = 1 << BitOperations.Log2((uint)rest);
                subtrees.Add(TreeHash.OfFull([.. hashes.GetRange(start, count)]));
                (start, rest) = (start + count, rest - count);
            }
        }

        return TreeHash.OfSubtrees(subtrees);
    }

    /// <summary>Adds leaves; this edge stays as it is.</summary>
    /// <returns>The edge after it, and every tile and bundle that is new: those that became full, and the new partial ones.</returns>
    public (LogEdge After, IReadOnlyList<TileFile> Files) Add(IEnumerable<LogLeaf> leaves)
    {
        var growth = new Growth(this);
        foreach (var leaf in leaves)
        {
            growth.Add(leaf);
        }

        var (after, unchanged) = (growth.ToEdge(), TileAddress.EdgeOf(Size).ToHashSet());
        return (after, [.. growth.Full, .. after.Files().Where(file => !unchanged.Contains(file.Address))]);
    }

    /// <summary>The octets of each tile and bundle of the edge.</summary>
    public IReadOnlyList<TileFile> Files() => [.. TileAddress.EdgeOf(Size).Select(address => new TileFile(address, Write(address)))];

    private byte[] Write(TileAddress address) => address.Level is { } level ? HashTile.Write(levels[level]) : EntryBundle.Write(entries);

    private sealed class Growth(LogEdge before)
    {
        private readonly List<List<Sha256Digest>> levels = [.. before.levels.Select(hashes => hashes.ToList())];
        private readonly List<byte[]> entries = [.. before.entries];
        private readonly List<TileFile> full = [];
        private long size = before.Size;

        public LogEdge ToEdge() => new(size, levels, entries);

        /// <summary>The tiles that became full; nothing changes them any more.</summary>
        public IReadOnlyList<TileFile> Full => full;

        public void Add(LogLeaf leaf)
        {
            entries.Add(leaf.ToEntry());
            if (entries.Count == TileAddress.FullWidth)
            {
                full.Add(new TileFile(TileAddress.OfEntries(size >> TileAddress.Height), EntryBundle.Write(entries)));
                entries.Clear();
            }

            size++;
            Add(0, leaf.Hash());
        }

        private void Add(int level, Sha256Digest hash)
        {
            if (level == levels.Count)
            {
                levels.Add([]);
            }

            var hashes = levels[level];
            hashes.Add(hash);
            if (hashes.Count == TileAddress.FullWidth)
            {
                var index = (size >> (TileAddress.Height * (level + 1))) - 1;
                full.Add(new TileFile(TileAddress.OfHashes(level, index), HashTile.Write(hashes)));
                var parent = TreeHash.OfFull([.. hashes]);
                hashes.Clear();
                Add(level + 1, parent);
            }
        }
    }
}
