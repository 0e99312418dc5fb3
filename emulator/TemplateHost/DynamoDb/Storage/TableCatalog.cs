using System.Collections.Concurrent;
using TemplateHost.DynamoDb.Model;
using TemplateHost.Kernel;
using TemplateHost.Storage;

namespace TemplateHost.DynamoDb.Storage;

/// <summary>The tables: kept in the store, asked from memory.</summary>
internal sealed class TableCatalog
{
    private readonly IStore store;
    private readonly TimeProvider time;
    private readonly ConcurrentDictionary<string, StoredTable> tables = new(StringComparer.Ordinal);

    public TableCatalog(IStore store, TimeProvider time)
    {
        (this.store, this.time) = (store, time);
        store.Define(Schema.Sql);
        foreach (var table in store.Read(LoadAll))
        {
            tables[table.Definition.Name] = table;
        }
    }

    public IReadOnlyList<StoredTable> All => [.. tables.Values.OrderBy(table => table.Definition.Name, StringComparer.Ordinal)];

    public StoredTable? Find(string name) => tables.GetValueOrDefault(name);

    /// <summary>A table that can be used, by its name or its ARN.</summary>
    /// <exception cref="AwsException">ResourceNotFoundException: there is none, or it is still being created.</exception>
    public StoredTable Get(string nameOrArn) =>
        Find(NameOf(nameOrArn)) is { } table && table.Definition.IsActive(time.GetUtcNow())
            ? table
            : throw new AwsException("ResourceNotFoundException", "Requested resource not found");

    public static string NameOf(string nameOrArn) =>
        nameOrArn.StartsWith("arn:", StringComparison.Ordinal) ? nameOrArn.Split(":table/")[^1] : nameOrArn;

    /// <summary>Makes the table, or changes what an existing one says of itself; indexes that it gains are filled from its items.</summary>
    public async Task PutAsync(TableDefinition definition)
    {
        var before = Find(definition.Name)?.Definition;
        tables[definition.Name] = await store.WriteAsync(session =>
        {
            session.Execute(
                "INSERT INTO ddb_table (name, definition) VALUES (?1, ?2) ON CONFLICT (name) DO UPDATE SET definition = ?2",
                definition.Name,
                definition.ToJson()
            );
            var table = LoadAll(session).Find(candidate => candidate.Definition.Name == definition.Name)!;
            IndexBuilder.BringUpToDate(session, table, before);
            return table;
        });
    }

    /// <summary>Makes a table of a backup's items.</summary>
    public async Task RestoreAsync(TableDefinition definition, StoredBackup backup) =>
        tables[definition.Name] = await store.WriteAsync(session =>
        {
            session.Execute("INSERT INTO ddb_table (name, definition) VALUES (?1, ?2)", definition.Name, definition.ToJson());
            var table = LoadAll(session).Find(candidate => candidate.Definition.Name == definition.Name)!;
            BackupCatalog.Fill(session, backup, table.Id);
            IndexBuilder.BringUpToDate(session, table, definition with { Indexes = [] });
            return table;
        });

    public async Task DeleteAsync(StoredTable table)
    {
        await store.WriteAsync(session =>
        {
            session.Execute("DELETE FROM ddb_item WHERE table_id = ?1", table.Id);
            session.Execute("DELETE FROM ddb_index WHERE table_id = ?1", table.Id);
            session.Execute("DELETE FROM ddb_stream WHERE table_id = ?1", table.Id);
            return session.Execute("DELETE FROM ddb_table WHERE id = ?1", table.Id);
        });
        tables.TryRemove(table.Definition.Name, out _);
    }

    private static List<StoredTable> LoadAll(StoreSession session) =>
        session.Query(
            "SELECT id, definition FROM ddb_table",
            row => new StoredTable(row.GetInt64(0), TableDefinition.Parse(row.GetString(1)))
        );
}

/// <param name="Id">The table's number in the store.</param>
internal sealed record StoredTable(long Id, TableDefinition Definition);
