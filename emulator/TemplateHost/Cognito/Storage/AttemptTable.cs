using TemplateHost.Cognito.Model;
using TemplateHost.Storage;

namespace TemplateHost.Cognito.Storage;

/// <summary>
/// What was tried in vain, by the name that was given, whether or not a user has it: so neither a limit nor its absence tells who exists.
/// </summary>
internal static class AttemptTable
{
    public const string Passwords = "password";
    public const string Confirmations = "confirmation";
    public const string Resets = "reset";
    public const string Mails = "mail";
    public const string SoftwareTokens = "software-token";

    public const string Schema = """
        CREATE TABLE IF NOT EXISTS cognito_attempt(
            pool TEXT NOT NULL, name TEXT NOT NULL, kind TEXT NOT NULL,
            count INTEGER NOT NULL, first INTEGER NOT NULL, last INTEGER NOT NULL,
            PRIMARY KEY(pool, name, kind));
        """;

    private static readonly TimeSpan Window = TimeSpan.FromHours(1);

    /// <summary>The attempts of the hour that began with the first of them.</summary>
    public static Attempts Read(StoreSession session, UserPool pool, string username, string kind, DateTimeOffset now) =>
        session
            .Query(
                "SELECT count, last FROM cognito_attempt WHERE pool = ?1 AND name = ?2 AND kind = ?3 AND first > ?4",
                row => new Attempts(row.GetInt32(0), DateTimeOffset.FromUnixTimeMilliseconds(row.GetInt64(1))),
                pool.Id,
                pool.Normal(username),
                kind,
                Milliseconds(now - Window)
            )
            .FirstOrDefault()
        ?? Attempts.None;

    /// <summary>Counts one more, and forgets those of all names that are too old to count.</summary>
    public static int Count(StoreSession session, UserPool pool, string username, string kind, DateTimeOffset now)
    {
        session.Execute("DELETE FROM cognito_attempt WHERE first <= ?1", Milliseconds(now - Window));
        return session.Execute(
            """
            INSERT INTO cognito_attempt VALUES(?1, ?2, ?3, 1, ?4, ?4)
            ON CONFLICT(pool, name, kind) DO UPDATE SET count = count + 1, last = ?4
            """,
            pool.Id,
            pool.Normal(username),
            kind,
            Milliseconds(now)
        );
    }

    public static int Clear(StoreSession session, UserPool pool, string username, string kind) =>
        session.Execute("DELETE FROM cognito_attempt WHERE pool = ?1 AND name = ?2 AND kind = ?3", pool.Id, pool.Normal(username), kind);

    private static long Milliseconds(DateTimeOffset time) => time.ToUnixTimeMilliseconds();
}
