using System.Text.Json;
using System.Text.Json.Nodes;
using TemplateHost.Lambda.Model;
using TemplateHost.Storage;

namespace TemplateHost.Lambda.Storage;

/// <summary>Functions, the statements of their resource policies, event source mappings, and events that wait for delivery.</summary>
internal static class FunctionTables
{
    public static void Define(IStore store) =>
        store.Define(
            """
            CREATE TABLE IF NOT EXISTS lambda_function(name TEXT PRIMARY KEY, body TEXT NOT NULL);
            CREATE TABLE IF NOT EXISTS lambda_permission(function TEXT NOT NULL, id TEXT NOT NULL, statement TEXT NOT NULL,
              PRIMARY KEY(function, id));
            CREATE TABLE IF NOT EXISTS lambda_mapping(id TEXT PRIMARY KEY, body TEXT NOT NULL);
            CREATE TABLE IF NOT EXISTS lambda_position(mapping TEXT PRIMARY KEY, position TEXT NOT NULL);
            CREATE TABLE IF NOT EXISTS lambda_event(
                id TEXT PRIMARY KEY, function TEXT NOT NULL, payload BLOB NOT NULL, attempts INTEGER NOT NULL, due INTEGER NOT NULL);
            """
        );

    public static FunctionConfiguration? Find(StoreSession session, string name) =>
        session.Records<FunctionConfiguration>("SELECT body FROM lambda_function WHERE name = ?1", name).FirstOrDefault();

    public static List<FunctionConfiguration> List(StoreSession session) =>
        session.Records<FunctionConfiguration>("SELECT body FROM lambda_function ORDER BY name");

    public static void Put(StoreSession session, FunctionConfiguration function) =>
        session.Execute("INSERT OR REPLACE INTO lambda_function VALUES(?1, ?2)", function.Name, JsonSerializer.Serialize(function));

    public static bool Delete(StoreSession session, string name)
    {
        VersionTables.DeleteAll(session, name);
        session.Execute("DELETE FROM lambda_permission WHERE substr(function, 1, length(?1) + 1) = ?1 || ':'", name);
        session.Execute("DELETE FROM lambda_permission WHERE function = ?1", name);
        return session.Execute("DELETE FROM lambda_function WHERE name = ?1", name) == 1;
    }

    public static void PutPermission(StoreSession session, string function, string id, JsonObject statement) =>
        session.Execute("INSERT OR REPLACE INTO lambda_permission VALUES(?1, ?2, ?3)", function, id, statement.ToJsonString());

    public static bool DeletePermission(StoreSession session, string function, string id) =>
        session.Execute("DELETE FROM lambda_permission WHERE function = ?1 AND id = ?2", function, id) == 1;

    /// <summary>The function's resource policy; null when nothing was permitted.</summary>
    public static JsonObject? Policy(StoreSession session, string function)
    {
        var statements = session.Query(
            "SELECT statement FROM lambda_permission WHERE function = ?1 ORDER BY id",
            row => JsonNode.Parse(row.GetString(0)),
            function
        );
        return statements.Count == 0
            ? null
            : new JsonObject
            {
                ["Version"] = "2012-10-17",
                ["Id"] = "default",
                ["Statement"] = new JsonArray([.. statements]),
            };
    }
}
