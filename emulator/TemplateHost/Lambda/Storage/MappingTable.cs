using System.Text.Json;
using TemplateHost.Lambda.Model;
using TemplateHost.Storage;

namespace TemplateHost.Lambda.Storage;

/// <summary>Event source mappings.</summary>
internal static class MappingTable
{
    public static List<EventSourceMapping> List(StoreSession session) =>
        session.Records<EventSourceMapping>("SELECT body FROM lambda_mapping ORDER BY id");

    public static void Put(StoreSession session, EventSourceMapping mapping) =>
        session.Execute("INSERT OR REPLACE INTO lambda_mapping VALUES(?1, ?2)", mapping.Id, JsonSerializer.Serialize(mapping));

    public static bool Delete(StoreSession session, string id)
    {
        session.Execute("DELETE FROM lambda_position WHERE mapping = ?1", id);
        return session.Execute("DELETE FROM lambda_mapping WHERE id = ?1", id) == 1;
    }

    /// <summary>
    /// The sequence number of the last record that a stream's mapping has done with, empty before the first; null when it never started.
    /// </summary>
    public static string? Position(StoreSession session, string id) =>
        session.Query("SELECT position FROM lambda_position WHERE mapping = ?1", row => row.GetString(0), id).FirstOrDefault();

    public static bool SetPosition(StoreSession session, string id, string position) =>
        session.Execute("INSERT OR REPLACE INTO lambda_position VALUES(?1, ?2)", id, position) == 1;
}

/// <summary>An event that a function was sent without waiting for its answer.</summary>
internal sealed record QueuedEvent(string Id, string Function, byte[] Payload, int Attempts, DateTimeOffset Due);

/// <summary>Events that wait for delivery.</summary>
internal static class EventTable
{
    public static List<QueuedEvent> List(StoreSession session) =>
        session.Query(
            "SELECT id, function, payload, attempts, due FROM lambda_event ORDER BY due",
            row => new QueuedEvent(
                row.GetString(0),
                row.GetString(1),
                row.GetFieldValue<byte[]>(2),
                row.GetInt32(3),
                DateTimeOffset.FromUnixTimeMilliseconds(row.GetInt64(4))
            )
        );

    public static void Put(StoreSession session, QueuedEvent queued) =>
        session.Execute(
            "INSERT OR REPLACE INTO lambda_event VALUES(?1, ?2, ?3, ?4, ?5)",
            queued.Id,
            queued.Function,
            queued.Payload,
            queued.Attempts,
            queued.Due.ToUnixTimeMilliseconds()
        );

    public static bool Delete(StoreSession session, string id) => session.Execute("DELETE FROM lambda_event WHERE id = ?1", id) == 1;
}
