using System.Globalization;
using System.Text.Json;
using TemplateHost.Lambda.Model;
using TemplateHost.Storage;

namespace TemplateHost.Lambda.Storage;

/// <summary>Versions of functions, which never change, and the aliases that name them.</summary>
internal static class VersionTables
{
    public static void Define(IStore store) =>
        store.Define(
            """
            CREATE TABLE IF NOT EXISTS lambda_version(function TEXT NOT NULL, version INTEGER NOT NULL, body TEXT NOT NULL,
              PRIMARY KEY(function, version));
            CREATE TABLE IF NOT EXISTS lambda_version_count(function TEXT PRIMARY KEY, last INTEGER NOT NULL);
            CREATE TABLE IF NOT EXISTS lambda_alias(function TEXT NOT NULL, name TEXT NOT NULL, body TEXT NOT NULL,
              PRIMARY KEY(function, name));
            """
        );

    /// <summary>Keeps a function as it is now; where the last version is just that, it is that one, as at Lambda.</summary>
    public static FunctionConfiguration Publish(StoreSession session, FunctionConfiguration function)
    {
        if (List(session, function.Name).LastOrDefault() is { } last && IsSame(last, function))
        {
            return last;
        }

        session.Execute(
            "INSERT INTO lambda_version_count VALUES(?1, 1) ON CONFLICT(function) DO UPDATE SET last = last + 1",
            function.Name
        );
        // A number is never given again, also when its version was deleted.
        var number = session.Query("SELECT last FROM lambda_version_count WHERE function = ?1", row => row.GetInt32(0), function.Name)[0];
        var version = function with { Version = number.ToString(CultureInfo.InvariantCulture) };
        session.Execute("INSERT INTO lambda_version VALUES(?1, ?2, ?3)", function.Name, number, JsonSerializer.Serialize(version));
        return version;
    }

    private static bool IsSame(FunctionConfiguration version, FunctionConfiguration function) =>
        JsonSerializer.Serialize(version with { Version = function.Version }) == JsonSerializer.Serialize(function);

    public static List<FunctionConfiguration> List(StoreSession session, string function) =>
        session.Records<FunctionConfiguration>("SELECT body FROM lambda_version WHERE function = ?1 ORDER BY version", function);

    public static FunctionConfiguration? Find(StoreSession session, string function, string version) =>
        session
            .Records<FunctionConfiguration>("SELECT body FROM lambda_version WHERE function = ?1 AND version = ?2", function, version)
            .FirstOrDefault();

    public static bool Delete(StoreSession session, string function, string version) =>
        session.Execute("DELETE FROM lambda_version WHERE function = ?1 AND version = ?2", function, version) == 1;

    public static List<FunctionAlias> Aliases(StoreSession session, string function) =>
        session.Records<FunctionAlias>("SELECT body FROM lambda_alias WHERE function = ?1 ORDER BY name", function);

    public static FunctionAlias? FindAlias(StoreSession session, string function, string name) =>
        session.Records<FunctionAlias>("SELECT body FROM lambda_alias WHERE function = ?1 AND name = ?2", function, name).FirstOrDefault();

    public static void PutAlias(StoreSession session, string function, FunctionAlias alias) =>
        session.Execute("INSERT OR REPLACE INTO lambda_alias VALUES(?1, ?2, ?3)", function, alias.Name, JsonSerializer.Serialize(alias));

    public static bool DeleteAlias(StoreSession session, string function, string name) =>
        session.Execute("DELETE FROM lambda_alias WHERE function = ?1 AND name = ?2", function, name) == 1;

    /// <summary>Forgets everything of a function that is deleted.</summary>
    public static void DeleteAll(StoreSession session, string function)
    {
        session.Execute("DELETE FROM lambda_version WHERE function = ?1", function);
        session.Execute("DELETE FROM lambda_version_count WHERE function = ?1", function);
        session.Execute("DELETE FROM lambda_alias WHERE function = ?1", function);
    }
}
