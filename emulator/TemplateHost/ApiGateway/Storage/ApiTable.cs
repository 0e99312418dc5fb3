using System.Text.Json;
using TemplateHost.Storage;

namespace TemplateHost.ApiGateway.Storage;

/// <summary>The parts of HTTP APIs, by kind and id.</summary>
internal static class ApiTable
{
    public static void Define(IStore store) =>
        store.Define(
            """
            CREATE TABLE IF NOT EXISTS api_part(kind TEXT NOT NULL, id TEXT NOT NULL, api TEXT NOT NULL, body TEXT NOT NULL,
              PRIMARY KEY(kind, id));
            """
        );

    public static List<T> List<T>(StoreSession session, string api) =>
        session.Records<T>("SELECT body FROM api_part WHERE kind = ?1 AND api = ?2 ORDER BY id", typeof(T).Name, api);

    public static List<T> ListAll<T>(StoreSession session) =>
        session.Records<T>("SELECT body FROM api_part WHERE kind = ?1 ORDER BY id", typeof(T).Name);

    public static void Put<T>(StoreSession session, string api, string id, T part) =>
        session.Execute("INSERT OR REPLACE INTO api_part VALUES(?1, ?2, ?3, ?4)", typeof(T).Name, id, api, JsonSerializer.Serialize(part));

    public static bool Delete<T>(StoreSession session, string id) =>
        session.Execute("DELETE FROM api_part WHERE kind = ?1 AND id = ?2", typeof(T).Name, id) == 1;
}
