using System.Globalization;
using TemplateHost.DynamoDb.Model;
using TemplateHost.Kernel;
using TemplateHost.Storage;

namespace TemplateHost.DynamoDb.Storage;

/// <summary>Backups: a table's items of one instant, and how the table was declared. Deleting the table leaves them.</summary>
internal sealed class BackupCatalog(IStore store)
{
    private const string Copy = """
        INSERT INTO ddb_item (table_id, hash, range, item, expires)
        SELECT ?1, hash, range, item, expires FROM ddb_item WHERE table_id = ?2
        """;

    /// <summary>Keeps the items of a table.</summary>
    public Task<StoredBackup> CreateAsync(StoredTable table, string name, DateTimeOffset now) =>
        store.WriteAsync(session =>
        {
            var count = session.Query("SELECT count(*) FROM ddb_backup", row => row.GetInt64(0))[0];
            var id = count + 1;
            var arn = string.Create(
                CultureInfo.InvariantCulture,
                $"{table.Definition.Arn}/backup/{now.ToUnixTimeMilliseconds():D14}-{id:x8}"
            );
            session.Execute(
                "INSERT INTO ddb_backup (id, arn, name, definition) VALUES (?1, ?2, ?3, ?4)",
                id,
                arn,
                name,
                table.Definition.ToJson()
            );
            // A table has a positive number.
            session.Execute(Copy, -id, table.Id);
            return new StoredBackup(id, arn, name, table.Definition);
        });

    /// <exception cref="AwsException">BackupNotFoundException.</exception>
    public StoredBackup Get(string arn) =>
        store.Read(session =>
            session.Query(
                "SELECT id, arn, name, definition FROM ddb_backup WHERE arn = ?1",
                row => new StoredBackup(row.GetInt64(0), row.GetString(1), row.GetString(2), TableDefinition.Parse(row.GetString(3))),
                arn
            )
        )
            is [var found]
            ? found
            : throw new AwsException("BackupNotFoundException", $"Backup not found: {arn}");

    /// <summary>Puts a backup's items into a table that has just been made, within the same transaction.</summary>
    public static void Fill(StoreSession session, StoredBackup backup, long tableId) => session.Execute(Copy, tableId, -backup.Id);
}

/// <param name="Id">Its number.</param>
/// <param name="Arn">Its ARN.</param>
/// <param name="Name">As its maker called it.</param>
/// <param name="Definition">The table as it was declared then.</param>
internal sealed record StoredBackup(long Id, string Arn, string Name, TableDefinition Definition);
