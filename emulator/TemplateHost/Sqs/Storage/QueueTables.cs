using System.Text.Json;
using Microsoft.Data.Sqlite;
using TemplateHost.Sqs.Model;
using TemplateHost.Storage;

namespace TemplateHost.Sqs.Storage;

/// <summary>The tables of SQS. Times are Unix milliseconds.</summary>
internal static class QueueTables
{
    public static void Define(IStore store) =>
        store.Define(
            """
            CREATE TABLE IF NOT EXISTS sqs_queue(
                name TEXT PRIMARY KEY, arn TEXT NOT NULL, attributes TEXT NOT NULL, created INTEGER NOT NULL, modified INTEGER NOT NULL);
            CREATE TABLE IF NOT EXISTS sqs_message(
                sequence INTEGER PRIMARY KEY AUTOINCREMENT, queue TEXT NOT NULL, id TEXT NOT NULL, body NOT NULL, sender TEXT NOT NULL,
                sent INTEGER NOT NULL, visible INTEGER NOT NULL, receives INTEGER NOT NULL, first INTEGER, receipt TEXT NOT NULL,
                grp TEXT, dedup TEXT, attributes TEXT, system TEXT);
            CREATE INDEX IF NOT EXISTS sqs_message_by_queue ON sqs_message(queue, sequence);
            CREATE INDEX IF NOT EXISTS sqs_message_by_visibility ON sqs_message(queue, visible);
            CREATE TABLE IF NOT EXISTS sqs_polled(sequence INTEGER PRIMARY KEY, mapping TEXT NOT NULL, receipt TEXT NOT NULL);
            CREATE TABLE IF NOT EXISTS sqs_purge(queue TEXT PRIMARY KEY, at INTEGER NOT NULL);
            CREATE TABLE IF NOT EXISTS sqs_deduplication(
                queue TEXT NOT NULL, key TEXT NOT NULL, at INTEGER NOT NULL, id TEXT NOT NULL, sequence INTEGER NOT NULL,
                  PRIMARY KEY(queue, key));
            """
        );
}

/// <summary>Queues by name.</summary>
internal static class QueueTable
{
    private const string Columns = "name, arn, attributes, created, modified";

    public static Queue? Find(StoreSession session, string name) =>
        session.Query($"SELECT {Columns} FROM sqs_queue WHERE name = ?1", Read, name).FirstOrDefault();

    public static List<Queue> List(StoreSession session, string prefix) =>
        session.Query($"SELECT {Columns} FROM sqs_queue WHERE substr(name, 1, ?2) = ?1 ORDER BY name", Read, prefix, prefix.Length);

    public static void Put(StoreSession session, Queue queue) =>
        session.Execute(
            $"INSERT INTO sqs_queue({Columns}) VALUES(?1, ?2, ?3, ?4, ?5) ON CONFLICT(name) DO UPDATE SET attributes = ?3, modified = ?5",
            queue.Name,
            queue.Arn,
            JsonSerializer.Serialize(queue.Set),
            queue.CreatedAt.ToUnixTimeMilliseconds(),
            queue.ModifiedAt.ToUnixTimeMilliseconds()
        );

    /// <summary>When the queue was purged last; null for never.</summary>
    public static DateTimeOffset? PurgedAt(StoreSession session, string name) =>
        session
            .Query(
                "SELECT at FROM sqs_purge WHERE queue = ?1",
                row => (DateTimeOffset?)DateTimeOffset.FromUnixTimeMilliseconds(row.GetInt64(0)),
                name
            )
            .FirstOrDefault();

    public static void Purge(StoreSession session, string name, DateTimeOffset now)
    {
        MessageTable.DeleteAll(session, name);
        session.Execute("INSERT OR REPLACE INTO sqs_purge VALUES(?1, ?2)", name, now.ToUnixTimeMilliseconds());
    }

    public static bool Delete(StoreSession session, string name)
    {
        session.Execute("DELETE FROM sqs_message WHERE queue = ?1", name);
        session.Execute("DELETE FROM sqs_purge WHERE queue = ?1", name);
        session.Execute("DELETE FROM sqs_deduplication WHERE queue = ?1", name);
        return session.Execute("DELETE FROM sqs_queue WHERE name = ?1", name) == 1;
    }

    /// <summary>The queues whose messages end in this one.</summary>
    public static List<Queue> SourcesOf(StoreSession session, string arn) =>
        [.. List(session, "").Where(queue => queue.Redrive?.TargetArn == arn)];

    private static Queue Read(SqliteDataReader row) =>
        new(
            row.GetString(0),
            row.GetString(1),
            JsonSerializer.Deserialize<Dictionary<string, string>>(row.GetString(2))!,
            DateTimeOffset.FromUnixTimeMilliseconds(row.GetInt64(3)),
            DateTimeOffset.FromUnixTimeMilliseconds(row.GetInt64(4))
        );
}
