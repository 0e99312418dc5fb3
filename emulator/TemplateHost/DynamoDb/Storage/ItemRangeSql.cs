namespace TemplateHost.DynamoDb.Storage;

/// <summary>
/// The SQL of a walk. Parameters: 1 table, 2 index, 3 hash, 4 and 5 bounds of the range, 6 to 9 the position to go on from, 10 the count.
/// Where one plays no part it is asked to be null, so that every text takes all of them.
/// </summary>
internal static class ItemRangeSql
{
    private const string Items =
        "SELECT hash, range, hash AS item_hash, range AS item_range, item FROM ddb_item AS x WHERE table_id = ?1 AND ?2 IS NULL";

    private const string IndexEntries = """
        SELECT x.hash, x.range, x.item_hash, x.item_range, i.item FROM ddb_index AS x
        JOIN ddb_item AS i ON i.table_id = x.table_id AND i.hash = x.item_hash AND i.range = x.item_range
        WHERE x.table_id = ?1 AND x.name = ?2
        """;

    public static string For(ItemRange range, bool hasPosition)
    {
        string[] order = range.Index is null ? ["x.hash", "x.range"] : ["x.hash", "x.range", "x.item_hash", "x.item_range"];
        var columns = string.Join(", ", order);
        var direction = range.Forward ? "ASC" : "DESC";
        var comparison = range.Forward ? ">" : "<";
        var hash = range.Hash is null ? "?3 IS NULL" : "x.hash = ?3";
        var high = range.High is null ? "?5 IS NULL" : $"x.range {(range.HighInclusive ? "<=" : "<")} ?5";
        var position = (hasPosition, range.Index) switch
        {
            (false, _) => "coalesce(?6, ?7, ?8, ?9) IS NULL",
            (true, null) => $"({columns}) {comparison} (?6, ?7) AND ?8 IS NOT NULL AND ?9 IS NOT NULL",
            _ => $"({columns}) {comparison} (?6, ?7, ?8, ?9)",
        };
        return $"{(range.Index is null ? Items : IndexEntries)} AND {hash} AND x.range >= ?4 AND {high} AND {position} "
            + $"ORDER BY {string.Join(", ", order.Select(column => $"{column} {direction}"))} LIMIT ?10";
    }
}
