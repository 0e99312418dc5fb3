using TemplateHost.Storage;

namespace TemplateHost.Sqs.Storage;

/// <summary>What FIFO queues were sent within the deduplication interval.</summary>
internal static class DeduplicationTable
{
    private static readonly TimeSpan Interval = TimeSpan.FromMinutes(5);

    public static (string Id, long Sequence)? Find(StoreSession session, string queue, string key, DateTimeOffset now) =>
        session
            .Query(
                "SELECT id, sequence FROM sqs_deduplication WHERE queue = ?1 AND key = ?2 AND at > ?3",
                row => ((string, long)?)(row.GetString(0), row.GetInt64(1)),
                queue,
                key,
                (now - Interval).ToUnixTimeMilliseconds()
            )
            .FirstOrDefault();

    public static void Put(StoreSession session, string queue, string key, string id, long sequence, DateTimeOffset now)
    {
        session.Execute("DELETE FROM sqs_deduplication WHERE queue = ?1 AND at <= ?2", queue, (now - Interval).ToUnixTimeMilliseconds());
        session.Execute(
            "INSERT OR REPLACE INTO sqs_deduplication VALUES(?1, ?2, ?3, ?4, ?5)",
            queue,
            key,
            now.ToUnixTimeMilliseconds(),
            id,
            sequence
        );
    }
}
