using TemplateHost.DynamoDb.Operations;
using TemplateHost.Kernel;
using TemplateHost.Storage;

namespace TemplateHost.DynamoDb.Storage;

/// <summary>The ClientRequestTokens of the last ten minutes, written with their transactions.</summary>
internal static class TransactionTokens
{
    private static readonly TimeSpan Lifetime = TimeSpan.FromMinutes(10);

    /// <exception cref="AwsException">IdempotentParameterMismatchException: the token was used for another request.</exception>
    public static TransactionOutcome? Find(StoreSession session, string token, byte[] request, DateTimeOffset now)
    {
        session.Execute("DELETE FROM ddb_token WHERE expires <= ?1", now.ToUnixTimeMilliseconds());
        var found = session.Query(
            "SELECT request, response FROM ddb_token WHERE token = ?1",
            row => (Request: row.GetFieldValue<byte[]>(0), Response: row.GetString(1)),
            token
        );
        return found is not [var known] ? null
            : known.Request.AsSpan().SequenceEqual(request) ? TransactionOutcome.OfRepeat(known.Response)
            : throw new AwsException(
                "IdempotentParameterMismatchException",
                "The request uses the same client token as a previous, but non-identical request."
            );
    }

    /// <summary>Whether a transaction with the token is done.</summary>
    public static bool IsKnown(StoreSession session, string token, DateTimeOffset now) =>
        session.Query("SELECT 1 FROM ddb_token WHERE token = ?1 AND expires > ?2", _ => true, token, now.ToUnixTimeMilliseconds()).Count
        > 0;

    public static void Remember(StoreSession session, string token, byte[] request, TransactionOutcome outcome, DateTimeOffset now) =>
        session.Execute(
            "INSERT INTO ddb_token (token, request, response, expires) VALUES (?1, ?2, ?3, ?4)",
            token,
            request,
            outcome.ToJson(),
            (now + Lifetime).ToUnixTimeMilliseconds()
        );
}
