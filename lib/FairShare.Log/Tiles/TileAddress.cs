using System.Globalization;

namespace FairShare.Log.Tiles;

/// <summary>Names a tile of hashes or a bundle of entries (C2SP tlog-tiles).</summary>
public readonly record struct TileAddress
{
    /// <summary>How many hashes or entries a full one has.</summary>
    public const int FullWidth = 256;

    internal const int Height = 8;
    private const int TopLevel = 63;

    private TileAddress(int? level, long index, int width) => (Level, Index, Width) = (level, index, width);

    /// <summary>
    /// The level of a tile of hashes, from 0, of which each hash stands for 256^level leaves; null for a bundle of entries.
    /// </summary>
    public int? Level { get; }

    /// <summary>The number within the level, from 0.</summary>
    public long Index { get; }

    /// <summary>How many hashes or entries it has: 1 to 256, and less than 256 of a partial one.</summary>
    public int Width { get; }

    /// <summary>Whether nothing can be added to it any more.</summary>
    public bool IsFull => Width == FullWidth;

    /// <summary>A tile of hashes.</summary>
    public static TileAddress OfHashes(int level, long index, int width = FullWidth) => new(level, index, width);

    /// <summary>A bundle of entries.</summary>
    public static TileAddress OfEntries(long index, int width = FullWidth) => new(null, index, width);

    /// <summary>Every tile and bundle of a tree, from the leaves up.</summary>
    /// <param name="size">How many leaves the tree has.</param>
    public static IEnumerable<TileAddress> AllOf(long size)
    {
        foreach (var bundle in Widths(size))
        {
            yield return OfEntries(bundle.Index, bundle.Width);
        }

        for (var (level, count) = (0, size); count > 0; (level, count) = (level + 1, count >> Height))
        {
            foreach (var (index, width) in Widths(count))
            {
                yield return OfHashes(level, index, width);
            }
        }
    }

    /// <summary>The partial tiles and the partial bundle of a tree: what the next leaves will change.</summary>
    /// <param name="size">How many leaves the tree has.</param>
    public static IEnumerable<TileAddress> EdgeOf(long size)
    {
        if (size % FullWidth is var entries and > 0)
        {
            yield return OfEntries(size >> Height, (int)entries);
        }

        for (var (level, count) = (0, size); count > 0; (level, count) = (level + 1, count >> Height))
        {
            if (count % FullWidth is var width and > 0)
            {
                yield return OfHashes(level, count >> Height, (int)width);
            }
        }
    }

    /// <summary>The path under a log's prefix: <c>tile/0/x001/x234/067.p/8</c>, <c>tile/entries/000</c>.</summary>
    public override string ToString()
    {
        var number = (Index % 1000).ToString("000", CultureInfo.InvariantCulture);
        for (var rest = Index / 1000; rest > 0; rest /= 1000)
        {
            number = string.Create(CultureInfo.InvariantCulture, $"x{rest % 1000:000}/{number}");
        }

        var level = Level?.ToString(CultureInfo.InvariantCulture) ?? "entries";
        return $"tile/{level}/{number}" + (IsFull ? "" : string.Create(CultureInfo.InvariantCulture, $".p/{Width}"));
    }

    /// <summary>Reads a path as <see cref="ToString"/> writes it; false for any other text.</summary>
    public static bool TryParse(string? path, out TileAddress address)
    {
        address = default;
        if (path is null || !path.StartsWith("tile/", StringComparison.Ordinal) || path.Length > 100)
        {
            return false;
        }

        var parts = path["tile/".Length..].Split(".p/");
        var names = parts[0].Split('/');
        var width = FullWidth;
        if (parts.Length > 2 || names.Length < 2 || (parts.Length == 2 && !TryNumber(parts[1], FullWidth - 1, out width)))
        {
            return false;
        }

        int? level = null;
        if (names[0] != "entries")
        {
            if (!TryNumber(names[0], TopLevel, out var number))
            {
                return false;
            }

            level = number;
        }

        long index = 0;
        foreach (var name in names.Skip(1))
        {
            _ = int.TryParse(name.TrimStart('x'), NumberStyles.None, CultureInfo.InvariantCulture, out var three);
            index = (index * 1000) + three;
        }

        address = new TileAddress(level, index, width);
        // There is one way to write each; whatever differs from it, in whatever way, is no path.
        return width > 0 && index >= 0 && address.ToString() == path;
    }

    private static bool TryNumber(string text, int most, out int number) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out number) && number <= most;

    private static IEnumerable<(long Index, int Width)> Widths(long count)
    {
        for (long index = 0; index << Height < count; index++)
        {
            yield return (index, (int)Math.Min(FullWidth, count - (index << Height)));
        }
    }
}
