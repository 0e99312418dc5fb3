using System.Text.Json;
using TemplateHost.Cognito.Model;
using TemplateHost.Cognito.Tokens;
using TemplateHost.Storage;

namespace TemplateHost.Cognito.Storage;

/// <summary>Challenges that wait for an answer, by the hash of the secret text that the client has of each.</summary>
internal static class ChallengeTable
{
    public const string Schema = """
        CREATE TABLE IF NOT EXISTS cognito_challenge(id TEXT PRIMARY KEY, pool TEXT NOT NULL, expires INTEGER NOT NULL, body TEXT NOT NULL);
        """;

    /// <summary>Keeps one, and forgets all that are too old to answer.</summary>
    public static void Put(StoreSession session, UserPool pool, string secret, OpenChallenge challenge, DateTimeOffset now)
    {
        session.Execute("DELETE FROM cognito_challenge WHERE expires <= ?1", now.ToUnixTimeMilliseconds());
        session.Execute(
            "INSERT INTO cognito_challenge VALUES(?1, ?2, ?3, ?4)",
            TokenIssuer.HashOf(secret),
            pool.Id,
            challenge.ExpiresAt.ToUnixTimeMilliseconds(),
            JsonSerializer.Serialize(challenge)
        );
    }

    /// <summary>The challenge, if it is open, of that name and for the same client and user.</summary>
    public static OpenChallenge? Find(
        StoreSession session,
        UserPool pool,
        UserPoolClient client,
        string secret,
        string name,
        string username,
        DateTimeOffset now
    ) =>
        session
            .Records<OpenChallenge>(
                "SELECT body FROM cognito_challenge WHERE id = ?1 AND pool = ?2 AND expires > ?3",
                TokenIssuer.HashOf(secret),
                pool.Id,
                now.ToUnixTimeMilliseconds()
            )
            .FirstOrDefault()
            is { } challenge
        && challenge.Name == name
        && challenge.ClientId == client.Id
        && challenge.Username == pool.Normal(username)
            ? challenge
            : null;

    public static bool Delete(StoreSession session, string secret) =>
        session.Execute("DELETE FROM cognito_challenge WHERE id = ?1", TokenIssuer.HashOf(secret)) == 1;
}
