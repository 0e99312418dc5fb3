using TemplateHost.DynamoDb.Model;
using TemplateHost.Kernel;
using TemplateHost.Storage;

namespace TemplateHost.DynamoDb.Storage;

/// <summary>
/// Deletes items whose time to live is over, and stream records older than a day. AWS does it within days, the host within a minute.
/// </summary>
internal sealed class TableSweeper(HostContext context, TableCatalog tables)
    : Sweeper(context, "dynamodb time to live", TimeSpan.FromMinutes(1))
{
    private static readonly TimeSpan StreamRetention = TimeSpan.FromHours(24);

    protected override async Task SweepAsync()
    {
        foreach (var table in tables.All.Where(table => table.Definition.TimeToLiveAttribute is not null))
        {
            await ExpireAsync(table);
        }

        var horizon = (Host.Time.GetUtcNow() - StreamRetention).ToUnixTimeMilliseconds();
        if (tables.All.Any(table => table.Definition.StreamLabel is not null))
        {
            await Host.Store.WriteAsync(session => session.Execute("DELETE FROM ddb_stream WHERE created < ?1", horizon));
        }
    }

    private Task ExpireAsync(StoredTable table)
    {
        var now = Host.Time.GetUtcNow();
        // A time more than five years past is taken for a mistake, as at AWS.
        var (latest, earliest) = (now.ToUnixTimeSeconds(), now.AddYears(-5).ToUnixTimeSeconds());
        const string Due = "SELECT item FROM ddb_item WHERE table_id = ?1 AND expires <= ?2 AND expires > ?3 LIMIT ?4";
        if (Host.Store.Read(session => session.Query(Due, _ => true, table.Id, latest, earliest, 1)).Count == 0)
        {
            return Task.CompletedTask;
        }

        return InBatchesAsync(session =>
        {
            var items = new ItemTable(session, table, now);
            var due = session.Query(Due, row => Item.Parse(PackedText.Read(row, 0)), table.Id, latest, earliest, LargestBatch);
            due.ForEach(item => items.Replace(KeyValues.OfItem(table.Definition, item), item, null, byService: true));
            return due.Count;
        });
    }
}
