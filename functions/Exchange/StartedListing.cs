using System.Text;
using FairShare.Aws.Exchange;
using FairShare.Aws.Table;
using FairShare.Core.Encoding;
using FairShare.Core.Identifiers;

namespace FairShare.Functions.Exchange;

/// <summary>
/// What a party started lately, the one opened last first: it comes before the listing of what ended, under cursors of its own.
/// </summary>
internal static class StartedListing
{
    private const string Kind = "started";

    /// <summary>Whether the page begins in this listing; if not, its cursor is of the other.</summary>
    public static bool Begins(PageRequest wanted) => wanted.Cursor is null || PositionOf(wanted.Cursor) is not null;

    /// <summary>Cuts a page. Its cursor is null where the rest of the page is the other listing's.</summary>
    /// <param name="started">All that fits.</param>
    /// <param name="wanted">Which page, that begins here.</param>
    public static Page<ExchangeRecord> Cut(IEnumerable<ExchangeRecord> started, PageRequest wanted)
    {
        var position = wanted.Cursor is null ? null : PositionOf(wanted.Cursor);
        var left = started
            .Where(exchange => position is null || string.CompareOrdinal(TextOf(exchange), position) < 0)
            .OrderByDescending(TextOf, StringComparer.Ordinal)
            .ToList();
        var page = left.Take(wanted.Limit).ToList();
        return new(page, page.Count == wanted.Limit ? Base64UrlText.Encode(Encoding.UTF8.GetBytes(TextOf(page[^1]))) : null);
    }

    private static string TextOf(ExchangeRecord exchange) => $"{Kind}\n{Timestamp.Format(exchange.OpenedAt)}\n{exchange.Id}";

    private static string? PositionOf(string cursor) =>
        Base64UrlText.TryDecode(cursor, out var bytes)
        && Encoding.UTF8.GetString(bytes) is var text
        && text.StartsWith($"{Kind}\n", StringComparison.Ordinal)
            ? text
            : null;
}
