using System.Text.Json.Nodes;
using Microsoft.Data.Sqlite;
using TemplateHost.Sqs.Model;
using TemplateHost.Storage;

namespace TemplateHost.Sqs.Storage;

/// <summary>Messages.</summary>
internal static class MessageTable
{
    private const string Columns =
        "sequence, queue, id, body, sender, sent, visible, receives, first, receipt, grp, dedup, attributes, system";

    /// <summary>Adds a message at the end of its queue.</summary>
    /// <returns>Its sequence.</returns>
    public static long Add(StoreSession session, Message message)
    {
        session.Execute(
            """
            INSERT INTO sqs_message(queue, id, body, sender, sent, visible, receives, receipt, grp, dedup, attributes, system)
            VALUES(?1, ?2, ?3, ?4, ?5, ?6, 0, '', ?7, ?8, ?9, ?10)
            """,
            message.Queue,
            message.Id,
            PackedText.Pack(message.Body),
            message.SenderId,
            message.SentAt.ToUnixTimeMilliseconds(),
            message.VisibleAt.ToUnixTimeMilliseconds(),
            message.Group,
            message.DeduplicationId,
            message.Attributes?.ToJsonString(),
            message.System?.ToJsonString()
        );
        return session.Query("SELECT last_insert_rowid()", row => row.GetInt64(0))[0];
    }

    /// <summary>Messages that can be received, in order.</summary>
    public static List<Message> Visible(StoreSession session, string queue, DateTimeOffset now, int count) =>
        session.Query(
            $"SELECT {Columns} FROM sqs_message WHERE queue = ?1 AND visible <= ?2 ORDER BY sequence LIMIT ?3",
            Read,
            queue,
            now.ToUnixTimeMilliseconds(),
            count
        );

    /// <summary>Messages of a FIFO queue that can be received, all of one group before those of the next.</summary>
    public static List<Message> VisibleByGroup(StoreSession session, string queue, DateTimeOffset now, int count)
    {
        var received = new List<Message>();
        foreach (var group in VisibleInOrder(session, queue, now, count, null).Select(message => message.Group!).Distinct())
        {
            received.AddRange(VisibleInOrder(session, queue, now, count - received.Count, group));
            if (received.Count == count)
            {
                break;
            }
        }

        return received;
    }

    /// <summary>Those before which no message of their group is out or delayed; of one group, or of all.</summary>
    private static List<Message> VisibleInOrder(StoreSession session, string queue, DateTimeOffset now, int count, string? group) =>
        session.Query(
            $"""
            SELECT {Columns} FROM sqs_message m WHERE queue = ?1 AND visible <= ?2 AND (?4 IS NULL OR grp = ?4) AND NOT EXISTS(
                SELECT 1 FROM sqs_message e WHERE e.queue = ?1 AND e.grp = m.grp AND e.visible > ?2
                  AND (e.sequence < m.sequence OR e.receives > 0))
            ORDER BY sequence LIMIT ?3
            """,
            Read,
            queue,
            now.ToUnixTimeMilliseconds(),
            count,
            group
        );

    public static void MarkReceived(StoreSession session, Message message) =>
        session.Execute(
            "UPDATE sqs_message SET visible = ?2, receives = ?3, first = ?4, receipt = ?5 WHERE sequence = ?1",
            message.Sequence,
            message.VisibleAt.ToUnixTimeMilliseconds(),
            message.ReceiveCount,
            message.FirstReceivedAt?.ToUnixTimeMilliseconds(),
            message.Receipt
        );

    /// <summary>Moves a message to the end of another queue, where it can be received at once.</summary>
    public static void Move(StoreSession session, Message message, string queue)
    {
        session.Execute("DELETE FROM sqs_message WHERE sequence = ?1", message.Sequence);
        var moved = Add(session, message with { Queue = queue });
        session.Execute(
            "UPDATE sqs_message SET receives = ?2, first = ?3 WHERE sequence = ?1",
            moved,
            message.ReceiveCount,
            message.FirstReceivedAt?.ToUnixTimeMilliseconds()
        );
    }

    public static Message? Find(StoreSession session, string queue, long sequence) =>
        session.Query($"SELECT {Columns} FROM sqs_message WHERE queue = ?1 AND sequence = ?2", Read, queue, sequence).FirstOrDefault();

    public static void SetVisible(StoreSession session, long sequence, DateTimeOffset at) =>
        session.Execute("UPDATE sqs_message SET visible = ?2 WHERE sequence = ?1", sequence, at.ToUnixTimeMilliseconds());

    public static bool Delete(StoreSession session, long sequence) =>
        session.Execute("DELETE FROM sqs_message WHERE sequence = ?1", sequence) == 1;

    public static void DeleteAll(StoreSession session, string queue) => session.Execute("DELETE FROM sqs_message WHERE queue = ?1", queue);

    public static void DeleteOlder(StoreSession session, string queue, DateTimeOffset sentBefore) =>
        session.Execute("DELETE FROM sqs_message WHERE queue = ?1 AND sent <= ?2", queue, sentBefore.ToUnixTimeMilliseconds());

    /// <summary>When the next message of the queue becomes visible; null when none is waiting.</summary>
    public static DateTimeOffset? NextVisible(StoreSession session, string queue, DateTimeOffset now) =>
        session.Query(
            "SELECT MIN(visible) FROM sqs_message WHERE queue = ?1 AND visible > ?2",
            row => row.IsDBNull(0) ? (DateTimeOffset?)null : DateTimeOffset.FromUnixTimeMilliseconds(row.GetInt64(0)),
            queue,
            now.ToUnixTimeMilliseconds()
        )[0];

    /// <summary>When the oldest message of the queue was sent; null for an empty queue.</summary>
    public static DateTimeOffset? Oldest(StoreSession session, string queue) =>
        session.Query(
            "SELECT MIN(sent) FROM sqs_message WHERE queue = ?1",
            row => row.IsDBNull(0) ? (DateTimeOffset?)null : DateTimeOffset.FromUnixTimeMilliseconds(row.GetInt64(0)),
            queue
        )[0];

    public static (long Visible, long InFlight, long Delayed) Count(StoreSession session, string queue, DateTimeOffset now) =>
        session.Query(
            """
            SELECT COALESCE(SUM(visible <= ?2), 0), COALESCE(SUM(visible > ?2 AND receives > 0), 0),
              COALESCE(SUM(visible > ?2 AND receives = 0), 0)
            FROM sqs_message WHERE queue = ?1
            """,
            row => (row.GetInt64(0), row.GetInt64(1), row.GetInt64(2)),
            queue,
            now.ToUnixTimeMilliseconds()
        )[0];

    private static Message Read(SqliteDataReader row) =>
        new(
            row.GetInt64(0),
            row.GetString(1),
            row.GetString(2),
            PackedText.Read(row, 3),
            row.GetString(4),
            Time(row, 5),
            Time(row, 6),
            row.GetInt32(7),
            row.IsDBNull(8) ? null : Time(row, 8),
            row.GetString(9),
            Text(row, 10),
            Text(row, 11),
            Json(row, 12),
            Json(row, 13)
        );

    private static DateTimeOffset Time(SqliteDataReader row, int column) => DateTimeOffset.FromUnixTimeMilliseconds(row.GetInt64(column));

    private static string? Text(SqliteDataReader row, int column) => row.IsDBNull(column) ? null : row.GetString(column);

    private static JsonObject? Json(SqliteDataReader row, int column) =>
        Text(row, column) is { } text ? JsonNode.Parse(text)!.AsObject() : null;
}
