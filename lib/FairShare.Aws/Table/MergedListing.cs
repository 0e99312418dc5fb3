using System.Text;
using FairShare.Core.Encoding;
using FairShare.Core.Errors;
using FairShare.Core.Identifiers;

namespace FairShare.Aws.Table;

/// <summary>Reads several partitions of indexes as one listing, newest first, page by page.</summary>
internal static class MergedListing
{
    // So many items of one instant as the cursor's are passed over; no listing has as many.
    private const int SameInstant = 50;

    /// <summary>One partition of an index that the listing draws from.</summary>
    /// <param name="Index">The index.</param>
    /// <param name="Partition">The partition key's value.</param>
    /// <param name="NotBefore">The oldest sort key that is listed; null for all.</param>
    public sealed record Source(TableIndex Index, string Partition, string? NotBefore = null);

    /// <summary>Reads a page of keys.</summary>
    /// <param name="table">The table.</param>
    /// <param name="sources">The partitions; an item that stands in several is listed once.</param>
    /// <param name="wanted">Which page.</param>
    /// <param name="cancellationToken">Stops the call.</param>
    /// <exception cref="ProtocolException"><c>invalid-cursor</c>.</exception>
    public static async Task<Page<ItemKey>> ReadAsync(
        ItemTable table,
        IReadOnlyList<Source> sources,
        PageRequest wanted,
        CancellationToken cancellationToken
    )
    {
        var position = wanted.Cursor is null ? null : Position.Parse(wanted.Cursor);
        // Items of one instant as the cursor's may have been shown already: so many more are read.
        var read = await Task.WhenAll(
            sources.Select(source =>
                table.QueryIndexAsync(
                    source.Index,
                    source.Partition,
                    new(position?.Time, source.NotBefore),
                    SameInstant + wanted.Limit + 1,
                    cancellationToken
                )
            )
        );
        var found = sources
            .Zip(read, (source, items) => items.Select(item => new Position(item.Text(source.Index.SortKey), item.Key)))
            .SelectMany(positions => positions);
        var ordered = found.Distinct().Where(entry => position is null || entry.CompareTo(position) < 0).OrderDescending().ToList();
        var page = ordered.Take(wanted.Limit).ToList();
        return new Page<ItemKey>([.. page.Select(entry => entry.Key)], ordered.Count > page.Count ? page[^1].ToString() : null);
    }

    private sealed record Position(string Time, ItemKey Key) : IComparable<Position>
    {
        public static Position Parse(string cursor) =>
            Base64UrlText.TryDecode(cursor, out var bytes)
            && Encoding.UTF8.GetString(bytes).Split('\n') is [var time, var partition, var sort]
            && Timestamp.TryParse(time, out _)
                ? new Position(time, new ItemKey(partition, sort))
                : throw new ProtocolException("invalid-cursor", "The cursor is not one that a listing gave.");

        public int CompareTo(Position? other) => other is null ? 1 : string.CompareOrdinal(Sortable, other.Sortable);

        public override string ToString() => Base64UrlText.Encode(Encoding.UTF8.GetBytes(Sortable));

        private string Sortable => $"{Time}\n{Key.Partition}\n{Key.Sort}";
    }
}
