using TemplateHost.DynamoDb.Model;
using TemplateHost.Storage;

namespace TemplateHost.DynamoDb.Storage;

/// <summary>Fills indexes that a table gains, and empties those that it loses.</summary>
internal static class IndexBuilder
{
    public static void BringUpToDate(StoreSession session, StoredTable table, TableDefinition? before)
    {
        foreach (var index in before?.Indexes.Where(index => table.Definition.Index(index.Name)?.Keys != index.Keys) ?? [])
        {
            session.Execute("DELETE FROM ddb_index WHERE table_id = ?1 AND name = ?2", table.Id, index.Name);
        }

        var fresh = table.Definition.Indexes.Where(index => before is not null && before.Index(index.Name)?.Keys != index.Keys).ToList();
        if (fresh.Count > 0)
        {
            var items = session.Query(
                "SELECT item FROM ddb_item WHERE table_id = ?1",
                row => Item.Parse(PackedText.Read(row, 0)),
                table.Id
            );
            foreach (var item in items)
            {
                fresh.ForEach(index => Insert(session, table, index, item));
            }
        }
    }

    /// <summary>Enters an item, unless it lacks a key of the index or has one of another type.</summary>
    public static void Insert(StoreSession session, StoredTable table, IndexDefinition index, Item item)
    {
        if (KeyIn(table.Definition, index, item) is { } key)
        {
            var own = KeyValues.OfItem(table.Definition, item);
            session.Execute(
                "INSERT INTO ddb_index (table_id, name, hash, range, item_hash, item_range) VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
                table.Id,
                index.Name,
                key.Hash,
                key.Range,
                own.Hash,
                own.Range
            );
        }
    }

    public static void Remove(StoreSession session, StoredTable table, IndexDefinition index, Item item)
    {
        if (KeyIn(table.Definition, index, item) is { } key)
        {
            var own = KeyValues.OfItem(table.Definition, item);
            session.Execute(
                "DELETE FROM ddb_index WHERE table_id = ?1 AND name = ?2 AND hash = ?3 AND range = ?4 AND item_hash = ?5 AND "
                    + "item_range = ?6",
                table.Id,
                index.Name,
                key.Hash,
                key.Range,
                own.Hash,
                own.Range
            );
        }
    }

    /// <summary>The key that an item has in an index; null when it is not in it.</summary>
    public static KeyValues? KeyIn(TableDefinition table, IndexDefinition index, Item item) =>
        index.Keys.Attributes.All(name => item[name]?.Type == table.AttributeTypes[name])
            ? new KeyValues(
                KeyEncoding.Encode(item[index.Keys.Hash]!),
                index.Keys.Range is { } range ? KeyEncoding.Encode(item[range]!) : []
            )
            : null;
}
