using TemplateHost.DynamoDb.Model;
using TemplateHost.Storage;

namespace TemplateHost.DynamoDb.Storage;

/// <summary>
/// Where an item stands in the order of a table or an index; two items of an index may share its key, and are told apart by their own.
/// </summary>
internal sealed record ItemPosition(KeyValues Key, KeyValues ItemKey);

internal sealed record PositionedItem(ItemPosition Position, Item Item);

/// <summary>A part of a table or of an index, in order.</summary>
/// <param name="Index">The index to walk; null walks the table.</param>
/// <param name="Hash">The one partition key; null walks all.</param>
/// <param name="Low">The least sort key, inclusive.</param>
/// <param name="High">The greatest sort key; null for no bound.</param>
internal sealed record ItemRange(
    StoredTable Table,
    IndexDefinition? Index,
    byte[]? Hash,
    byte[] Low,
    byte[]? High,
    bool HighInclusive,
    bool Forward
)
{
    /// <summary>Up to so many items after a position.</summary>
    public List<PositionedItem> Read(StoreSession session, ItemPosition? after, int count)
    {
        var sql = ItemRangeSql.For(this, after is not null);
        return session.Query(
            sql,
            row => new PositionedItem(
                new ItemPosition(new KeyValues(Octets(row, 0), Octets(row, 1)), new KeyValues(Octets(row, 2), Octets(row, 3))),
                Item.Parse(PackedText.Read(row, 4))
            ),
            Table.Id,
            Index?.Name,
            Hash,
            Low,
            High,
            after?.Key.Hash,
            after?.Key.Range,
            after?.ItemKey.Hash,
            after?.ItemKey.Range,
            count
        );
    }

    private static byte[] Octets(Microsoft.Data.Sqlite.SqliteDataReader row, int column) => row.GetFieldValue<byte[]>(column);
}
