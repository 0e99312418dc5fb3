using System.Text.Json.Nodes;
using TemplateHost.Kernel.JsonPaths;
using TemplateHost.Storage;

namespace TemplateHost.StepFunctions.Storage;

/// <summary>
/// The events of executions: one a row while an execution runs, since each must be kept at once; all of them compressed in one row when
/// it has ended, since they say the same names and data again and again.
/// </summary>
internal static class HistoryTable
{
    public static long LastEvent(StoreSession session, string execution) =>
        session.Query(
            """
            SELECT MAX(COALESCE((SELECT MAX(id) FROM sfn_event WHERE execution = ?1), 0),
              COALESCE((SELECT events FROM sfn_history WHERE execution = ?1), 0))
            """,
            row => row.GetInt64(0),
            execution
        )[0];

    public static void AddEvent(StoreSession session, string execution, long id, JsonObject body) =>
        session.Execute("INSERT INTO sfn_event VALUES(?1, ?2, ?3)", execution, id, JsonText.Of(body));

    /// <summary>Events in order from one id on, or backwards from it.</summary>
    public static List<JsonNode> Events(StoreSession session, string execution, long from, int count, bool reverse)
    {
        if (Packed(session, execution) is not { } packed)
        {
            return Loose(session, execution, from, count, reverse);
        }

        // What a branch recorded while the execution was being stopped comes after what was packed.
        var all = JsonNode
            .Parse(packed)!
            .AsArray()
            .Select(item => item!.DeepClone())
            .Concat(Loose(session, execution, 0, int.MaxValue, reverse: false));
        return [.. (reverse ? all.Reverse().Where(item => IdOf(item) <= from) : all.Where(item => IdOf(item) >= from)).Take(count)];
    }

    /// <summary>Packs the events of an execution that has ended.</summary>
    public static void Pack(StoreSession session, string execution)
    {
        var events = new JsonArray([.. Events(session, execution, 0, int.MaxValue, reverse: false)]);
        session.Execute(
            "INSERT INTO sfn_history VALUES(?1, ?2, ?3) ON CONFLICT(execution) DO UPDATE SET events = ?2, packed = ?3",
            execution,
            LastEvent(session, execution),
            PackedText.Pack(JsonText.Of(events))
        );
        session.Execute("DELETE FROM sfn_event WHERE execution = ?1", execution);
    }

    private static List<JsonNode> Loose(StoreSession session, string execution, long from, int count, bool reverse) =>
        session.Query(
            reverse
                ? "SELECT body FROM sfn_event WHERE execution = ?1 AND id <= ?2 ORDER BY id DESC LIMIT ?3"
                : "SELECT body FROM sfn_event WHERE execution = ?1 AND id >= ?2 ORDER BY id LIMIT ?3",
            row => JsonText.Parse(row.GetString(0))!,
            execution,
            from,
            count
        );

    private static string? Packed(StoreSession session, string execution) =>
        session.Query("SELECT packed FROM sfn_history WHERE execution = ?1", row => PackedText.Read(row, 0), execution).FirstOrDefault();

    private static long IdOf(JsonNode item) => item["id"]!.GetValue<long>();
}
