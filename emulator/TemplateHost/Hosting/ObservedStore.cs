using System.Text.Json.Nodes;
using TemplateHost.Storage;

namespace TemplateHost.Hosting;

/// <summary>
/// A store that tells of every change that a committed write has added to a table's stream. It is for hosts on one thread: what two writes
/// changed that end at once could be told in the wrong order.
/// </summary>
internal sealed class ObservedStore(IStore inner, Action<ItemChange> changed) : IStore
{
    private long told;

    public void Define(string sql) => inner.Define(sql);

    public T Read<T>(Func<StoreSession, T> work) => inner.Read(work);

    public async Task<T> WriteAsync<T>(Func<StoreSession, T> work)
    {
        var (result, changes) = await inner.WriteAsync(session => (work(session), Added(session)));
        foreach (var (sequence, change) in changes)
        {
            if (sequence > told)
            {
                told = sequence;
                changed(change);
            }
        }

        return result;
    }

    private List<(long Sequence, ItemChange Change)> Added(StoreSession session) =>
        session.Query(
            """
            SELECT s.sequence, t.name, s.record FROM ddb_stream s JOIN ddb_table t ON t.id = s.table_id
            WHERE s.sequence > ?1 ORDER BY s.sequence
            """,
            row => (row.GetInt64(0), Read(row.GetString(1), JsonNode.Parse(row.GetString(2))!)),
            told
        );

    private static ItemChange Read(string table, JsonNode record) =>
        new(
            table,
            record["dynamodb"]!["Keys"]!.AsObject(),
            record["dynamodb"]!["NewImage"]?.AsObject(),
            record["eventName"]!.GetValue<string>() == "REMOVE"
        );
}
