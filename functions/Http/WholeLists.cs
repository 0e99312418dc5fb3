using System.Buffers.Text;
using System.Text;
using FairShare.Aws.Table;
using FairShare.Core.Errors;

namespace FairShare.Functions.Http;

/// <summary>Pages of a list that is short enough to be read whole.</summary>
internal static class WholeLists
{
    /// <summary>Cuts a page out of a list, newest first. What was removed since the page before moves nothing.</summary>
    /// <param name="all">The list, in any order.</param>
    /// <param name="wanted">Which page.</param>
    /// <param name="placeOf">A text of ASCII by which entries are ordered, each its own.</param>
    /// <exception cref="ProtocolException"><c>invalid-cursor</c>.</exception>
    public static Page<T> Cut<T>(IEnumerable<T> all, PageRequest wanted, Func<T, string> placeOf)
    {
        var after = wanted.Cursor is { } cursor ? PlaceOf(cursor) : null;
        List<(string Place, T Entry)> left =
        [
            .. all.Select(entry => (Place: placeOf(entry), Entry: entry))
                .Where(entry => after is null || string.CompareOrdinal(entry.Place, after) < 0)
                .OrderByDescending(entry => entry.Place, StringComparer.Ordinal),
        ];
        var page = left.Take(wanted.Limit).ToList();
        return new([.. page.Select(entry => entry.Entry)], page.Count < left.Count ? CursorOf(page[^1].Place) : null);
    }

    private static string CursorOf(string place) => Base64Url.EncodeToString(Encoding.ASCII.GetBytes(place));

    private static string PlaceOf(string cursor)
    {
        try
        {
            return Encoding.ASCII.GetString(Base64Url.DecodeFromChars(cursor));
        }
        catch (FormatException)
        {
            throw new ProtocolException("invalid-cursor", "The cursor is not one that a listing gave.");
        }
    }
}
