using System.Text.Json;
using TemplateHost.Cognito.Model;
using TemplateHost.Storage;

namespace TemplateHost.Cognito.Storage;

/// <summary>Pools, their clients, groups, users and sign-ins.</summary>
internal static class PoolTables
{
    public static void Define(IStore store) =>
        store.Define(
            AttemptTable.Schema
                + ChallengeTable.Schema
                + """
                CREATE TABLE IF NOT EXISTS cognito_pool(id TEXT PRIMARY KEY, body TEXT NOT NULL);
                CREATE TABLE IF NOT EXISTS cognito_client(id TEXT PRIMARY KEY, pool TEXT NOT NULL, body TEXT NOT NULL);
                CREATE TABLE IF NOT EXISTS cognito_group(pool TEXT NOT NULL, name TEXT NOT NULL, PRIMARY KEY(pool, name));
                CREATE TABLE IF NOT EXISTS cognito_user(pool TEXT NOT NULL, name TEXT NOT NULL, sub TEXT NOT NULL,
                  body TEXT NOT NULL, PRIMARY KEY(pool, name));
                CREATE TABLE IF NOT EXISTS cognito_signin(id TEXT PRIMARY KEY, pool TEXT NOT NULL, name TEXT NOT NULL,
                  refresh TEXT NOT NULL UNIQUE, body TEXT NOT NULL);
                """
        );

    public static UserPool? Pool(StoreSession session, string id) =>
        session.Records<UserPool>("SELECT body FROM cognito_pool WHERE id = ?1", id).FirstOrDefault();

    public static List<UserPool> Pools(StoreSession session) => session.Records<UserPool>("SELECT body FROM cognito_pool ORDER BY id");

    public static void Put(StoreSession session, UserPool pool) =>
        session.Execute("INSERT OR REPLACE INTO cognito_pool VALUES(?1, ?2)", pool.Id, JsonSerializer.Serialize(pool));

    public static bool DeletePool(StoreSession session, string id)
    {
        string[] tables = ["cognito_client", "cognito_group", "cognito_user", "cognito_signin", "cognito_attempt", "cognito_challenge"];
        foreach (var table in tables)
        {
            session.Execute($"DELETE FROM {table} WHERE pool = ?1", id);
        }

        return session.Execute("DELETE FROM cognito_pool WHERE id = ?1", id) == 1;
    }

    public static UserPoolClient? Client(StoreSession session, string id) =>
        session.Records<UserPoolClient>("SELECT body FROM cognito_client WHERE id = ?1", id).FirstOrDefault();

    public static void Put(StoreSession session, UserPoolClient client) =>
        session.Execute(
            "INSERT OR REPLACE INTO cognito_client VALUES(?1, ?2, ?3)",
            client.Id,
            client.PoolId,
            JsonSerializer.Serialize(client)
        );

    public static List<UserPoolClient> Clients(StoreSession session, string pool) =>
        session.Records<UserPoolClient>("SELECT body FROM cognito_client WHERE pool = ?1 ORDER BY id", pool);

    public static bool DeleteClient(StoreSession session, string id) =>
        session.Execute("DELETE FROM cognito_client WHERE id = ?1", id) == 1;

    public static bool PutGroup(StoreSession session, string pool, string name) =>
        session.Execute("INSERT OR IGNORE INTO cognito_group VALUES(?1, ?2)", pool, name) == 1;

    public static bool HasGroup(StoreSession session, string pool, string name) =>
        session.Query("SELECT 1 FROM cognito_group WHERE pool = ?1 AND name = ?2", _ => true, pool, name).Count == 1;

    public static List<string> Groups(StoreSession session, string pool) =>
        session.Query("SELECT name FROM cognito_group WHERE pool = ?1 ORDER BY name", row => row.GetString(0), pool);

    public static bool DeleteGroup(StoreSession session, string pool, string name) =>
        session.Execute("DELETE FROM cognito_group WHERE pool = ?1 AND name = ?2", pool, name) == 1;
}

/// <summary>Users by their normalised names, and their sign-ins.</summary>
internal static class UserTable
{
    public static User? Find(StoreSession session, UserPool pool, string username) =>
        session
            .Records<User>("SELECT body FROM cognito_user WHERE pool = ?1 AND name = ?2", pool.Id, pool.Normal(username))
            .FirstOrDefault();

    public static void Put(StoreSession session, UserPool pool, User user) =>
        session.Execute(
            "INSERT OR REPLACE INTO cognito_user VALUES(?1, ?2, ?3, ?4)",
            pool.Id,
            pool.Normal(user.Username),
            user.Sub,
            JsonSerializer.Serialize(user)
        );

    public static List<User> List(StoreSession session, UserPool pool) =>
        session.Records<User>("SELECT body FROM cognito_user WHERE pool = ?1 ORDER BY name", pool.Id);

    public static void Put(StoreSession session, UserPool pool, SignIn signIn) =>
        session.Execute(
            "INSERT OR REPLACE INTO cognito_signin VALUES(?1, ?2, ?3, ?4, ?5)",
            signIn.Id,
            pool.Id,
            pool.Normal(signIn.Username),
            signIn.RefreshHash,
            JsonSerializer.Serialize(signIn)
        );

    public static SignIn? FindSignIn(StoreSession session, string id) =>
        session.Records<SignIn>("SELECT body FROM cognito_signin WHERE id = ?1", id).FirstOrDefault();

    public static SignIn? FindByRefreshToken(StoreSession session, string hash) =>
        session.Records<SignIn>("SELECT body FROM cognito_signin WHERE refresh = ?1", hash).FirstOrDefault();

    public static bool Revoke(StoreSession session, string hash) =>
        session.Execute("DELETE FROM cognito_signin WHERE refresh = ?1", hash) == 1;

    /// <summary>Ends every sign-in of the user.</summary>
    public static int SignOut(StoreSession session, UserPool pool, string username) =>
        session.Execute("DELETE FROM cognito_signin WHERE pool = ?1 AND name = ?2", pool.Id, pool.Normal(username));
}
