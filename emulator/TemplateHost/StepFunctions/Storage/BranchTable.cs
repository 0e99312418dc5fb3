using System.Text.Json;
using System.Text.Json.Nodes;
using TemplateHost.Kernel.JsonPaths;
using TemplateHost.StepFunctions.Model;
using TemplateHost.Storage;

namespace TemplateHost.StepFunctions.Storage;

/// <summary>Where the branches of running executions stand, and the events that they recorded.</summary>
internal static class BranchTable
{
    public static Cursor? Find(StoreSession session, string execution, string path) =>
        session
            .Query(
                "SELECT cursor FROM sfn_branch WHERE execution = ?1 AND path = ?2",
                row => JsonSerializer.Deserialize<Cursor>(row.GetString(0))!,
                execution,
                path
            )
            .FirstOrDefault();

    public static void Put(StoreSession session, string execution, string path, Cursor cursor) =>
        session.Execute(
            "INSERT INTO sfn_branch VALUES(?1, ?2, ?3) ON CONFLICT(execution, path) DO UPDATE SET cursor = ?3",
            execution,
            path,
            JsonSerializer.Serialize(cursor)
        );

    /// <summary>Forgets the branches whose paths begin so; tokens that they waited for accept nothing more.</summary>
    public static void DropBelow(StoreSession session, string execution, string prefix)
    {
        session.Execute("DELETE FROM sfn_branch WHERE execution = ?1 AND substr(path, 1, ?3) = ?2", execution, prefix, prefix.Length);
        TokenTable.CloseAll(session, execution, prefix);
    }

    public static long LastEvent(StoreSession session, string execution) =>
        session.Query("SELECT COALESCE(MAX(id), 0) FROM sfn_event WHERE execution = ?1", row => row.GetInt64(0), execution)[0];

    public static void AddEvent(StoreSession session, string execution, long id, JsonObject body) =>
        session.Execute("INSERT INTO sfn_event VALUES(?1, ?2, ?3)", execution, id, JsonText.Of(body));

    /// <summary>Events in order from one id on, or backwards from it.</summary>
    public static List<JsonNode> Events(StoreSession session, string execution, long from, int count, bool reverse) =>
        session.Query(
            reverse
                ? "SELECT body FROM sfn_event WHERE execution = ?1 AND id <= ?2 ORDER BY id DESC LIMIT ?3"
                : "SELECT body FROM sfn_event WHERE execution = ?1 AND id >= ?2 ORDER BY id LIMIT ?3",
            row => JsonText.Parse(row.GetString(0))!,
            execution,
            from,
            count
        );
}
