using TemplateHost.DynamoDb.Model;
using TemplateHost.Storage;

namespace TemplateHost.DynamoDb.Storage;

/// <summary>The items of one table within one transaction of the store; keeps its indexes and its stream in step.</summary>
internal sealed class ItemTable(StoreSession session, StoredTable table, DateTimeOffset now)
{
    public TableDefinition Definition => table.Definition;

    public Item? Get(KeyValues key) =>
        session.Query(
            "SELECT item FROM ddb_item WHERE table_id = ?1 AND hash = ?2 AND range = ?3",
            row => Item.Parse(PackedText.Read(row, 0)),
            table.Id,
            key.Hash,
            key.Range
        )
            is [var item]
            ? item
            : null;

    /// <summary>Replaces what stands at the key; null deletes it.</summary>
    /// <param name="byService">Whether DynamoDB itself does it (TTL), which the stream says.</param>
    /// <returns>The write units used, indexes included.</returns>
    public Capacity Replace(KeyValues key, Item? before, Item? after, bool byService = false)
    {
        if (after is null)
        {
            session.Execute("DELETE FROM ddb_item WHERE table_id = ?1 AND hash = ?2 AND range = ?3", table.Id, key.Hash, key.Range);
        }
        else
        {
            session.Execute(
                """
                INSERT INTO ddb_item (table_id, hash, range, item, expires) VALUES (?1, ?2, ?3, ?4, ?5)
                ON CONFLICT (table_id, hash, range) DO UPDATE SET item = ?4, expires = ?5
                """,
                table.Id,
                key.Hash,
                key.Range,
                PackedText.Pack(after.ToJson().ToJsonString()),
                ExpiryOf(after)
            );
        }

        var capacity = new Capacity();
        capacity.Add(Capacity.WriteUnits(Math.Max(before?.Size ?? 0, after?.Size ?? 0)));
        foreach (var index in Definition.Indexes)
        {
            ReplaceInIndex(index, before, after, capacity);
        }

        StreamLog.Append(session, table, before, after, now, byService);
        return capacity;
    }

    private void ReplaceInIndex(IndexDefinition index, Item? before, Item? after, Capacity capacity)
    {
        var (oldKey, newKey) = (KeyOf(index, before), KeyOf(index, after));
        if (oldKey == newKey)
        {
            var (oldEntry, newEntry) = (EntryOf(index, before), EntryOf(index, after));
            if (newEntry is not null && !newEntry.SameAs(oldEntry))
            {
                capacity.AddIndex(index.Name, Capacity.WriteUnits(Math.Max(oldEntry?.Size ?? 0, newEntry.Size)));
            }

            return;
        }

        if (oldKey is not null)
        {
            IndexBuilder.Remove(session, table, index, before!);
            capacity.AddIndex(index.Name, Capacity.WriteUnits(EntryOf(index, before)!.Size));
        }

        if (newKey is not null)
        {
            IndexBuilder.Insert(session, table, index, after!);
            capacity.AddIndex(index.Name, Capacity.WriteUnits(EntryOf(index, after)!.Size));
        }
    }

    private KeyValues? KeyOf(IndexDefinition index, Item? item) => item is null ? null : IndexBuilder.KeyIn(Definition, index, item);

    private Item? EntryOf(IndexDefinition index, Item? item) => item is null ? null : index.Project(item, Definition.Keys);

    private long? ExpiryOf(Item item) =>
        Definition.TimeToLiveAttribute is { } name
        && item[name] is NumberValue { Number: var seconds }
        && seconds.CompareTo(DynamoNumber.Of(0)) > 0
        && long.TryParse(seconds.ToString().Split('.')[0], out var whole)
            ? whole
            : null;
}
