namespace FairShare.Cli.Commands.Exchange;

/// <summary>Reads lists that come in pages.</summary>
internal static class Pages
{
    /// <summary>All entries of all pages, in order.</summary>
    public static async Task<List<TEntry>> AllAsync<TPage, TEntry>(
        Func<string?, Task<TPage>> read,
        Func<TPage, IReadOnlyList<TEntry>> entries,
        Func<TPage, string?> next
    )
    {
        var all = new List<TEntry>();
        string? cursor = null;
        do
        {
            var page = await read(cursor);
            all.AddRange(entries(page));
            cursor = next(page);
        } while (cursor is not null);

        return all;
    }
}
