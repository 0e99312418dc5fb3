using FairShare.Aws.Table;

namespace FairShare.Functions.Http;

/// <summary>Reads a listing for what fits a filter that no index knows of.</summary>
internal static class FilteredPages
{
    // What one call may read in vain; its caller goes on with the cursor.
    private const int Reads = 5;

    /// <summary>Reads on until a page has something that fits. A page that is short, or empty, need not be the last.</summary>
    /// <param name="wanted">Which page.</param>
    /// <param name="read">Reads a page of the listing.</param>
    /// <param name="fits">The filter.</param>
    public static async Task<Page<T>> ReadAsync<T>(PageRequest wanted, Func<PageRequest, Task<Page<T>>> read, Func<T, bool> fits)
    {
        for (var reads = 1; ; reads++)
        {
            var page = await read(wanted);
            var fitting = page.Entries.Where(fits).ToList();
            if (fitting.Count > 0 || page.Cursor is null || reads == Reads)
            {
                return new Page<T>(fitting, page.Cursor);
            }

            wanted = wanted with { Cursor = page.Cursor };
        }
    }
}
