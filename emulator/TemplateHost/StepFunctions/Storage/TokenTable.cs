using System.Security.Cryptography;
using System.Text;
using Microsoft.Data.Sqlite;
using TemplateHost.Storage;

namespace TemplateHost.StepFunctions.Storage;

/// <summary>
/// Task tokens. A token is settled once, by one conditional write: success, failure, timeout or the end of its execution.
/// </summary>
internal static class TokenTable
{
    public static TaskToken? Find(StoreSession session, string token) =>
        session
            .Query(
                "SELECT execution, status, deadline, beaten, heartbeat, output, error, cause FROM sfn_token WHERE token = ?1",
                Read,
                KeyOf(token)
            )
            .FirstOrDefault();

    public static void Insert(
        StoreSession session,
        string token,
        string execution,
        string path,
        DateTimeOffset? deadline,
        double? heartbeat,
        DateTimeOffset now
    ) =>
        session.Execute(
            "INSERT INTO sfn_token VALUES(?1, ?2, ?3, 0, ?4, ?5, ?6, NULL, NULL, NULL)",
            KeyOf(token),
            execution,
            path,
            deadline?.ToUnixTimeMilliseconds(),
            now.ToUnixTimeMilliseconds(),
            heartbeat is null ? null : (long)(heartbeat * 1000)
        );

    /// <summary>Settles an open token whose deadlines have not passed.</summary>
    /// <returns>False when it was too late.</returns>
    public static bool Settle(
        StoreSession session,
        string token,
        TokenStatus status,
        string? output,
        string? error,
        string? cause,
        DateTimeOffset now
    ) =>
        session.Execute(
            """
            UPDATE sfn_token SET status = ?2, output = ?3, error = ?4, cause = ?5
            WHERE token = ?1 AND status = 0 AND (deadline IS NULL OR deadline > ?6) AND (heartbeat IS NULL OR beaten + heartbeat > ?6)
            """,
            KeyOf(token),
            (int)status,
            output,
            error,
            cause,
            now.ToUnixTimeMilliseconds()
        ) == 1;

    public static bool Beat(StoreSession session, string token, DateTimeOffset now) =>
        session.Execute(
            """
            UPDATE sfn_token SET beaten = ?2
            WHERE token = ?1 AND status = 0 AND (deadline IS NULL OR deadline > ?2) AND (heartbeat IS NULL OR beaten + heartbeat > ?2)
            """,
            KeyOf(token),
            now.ToUnixTimeMilliseconds()
        ) == 1;

    /// <summary>Closes an open token: nothing is accepted any more.</summary>
    /// <returns>False when it had been settled before.</returns>
    public static bool Close(StoreSession session, string token) =>
        session.Execute("UPDATE sfn_token SET status = 3 WHERE token = ?1 AND status = 0", KeyOf(token)) == 1;

    public static void CloseAll(StoreSession session, string execution, string pathPrefix) =>
        session.Execute(
            "UPDATE sfn_token SET status = 3 WHERE execution = ?1 AND status = 0 AND substr(path, 1, ?3) = ?2",
            execution,
            pathPrefix,
            pathPrefix.Length
        );

    /// <summary>Leaves of an ended execution's tokens only that they were: what they brought is in its history.</summary>
    public static void Forget(StoreSession session, string execution) =>
        session.Execute(
            "UPDATE sfn_token SET status = 3, path = '', output = NULL, error = NULL, cause = NULL WHERE execution = ?1",
            execution
        );

    /// <summary>Tokens are long; what they are found by is short.</summary>
    private static byte[] KeyOf(string token) => SHA256.HashData(Encoding.UTF8.GetBytes(token));

    private static TaskToken Read(SqliteDataReader row) =>
        new(row.GetString(0), (TokenStatus)row.GetInt32(1))
        {
            Deadline = Time(row, 2),
            HeartbeatDeadline = row.IsDBNull(4) ? null : DateTimeOffset.FromUnixTimeMilliseconds(row.GetInt64(3) + row.GetInt64(4)),
            Output = Text(row, 5),
            Error = Text(row, 6),
            Cause = Text(row, 7),
        };

    private static DateTimeOffset? Time(SqliteDataReader row, int column) =>
        row.IsDBNull(column) ? null : DateTimeOffset.FromUnixTimeMilliseconds(row.GetInt64(column));

    private static string? Text(SqliteDataReader row, int column) => row.IsDBNull(column) ? null : row.GetString(column);
}

internal sealed record TaskToken(string Execution, TokenStatus Status)
{
    public DateTimeOffset? Deadline { get; init; }

    public DateTimeOffset? HeartbeatDeadline { get; init; }

    public string? Output { get; init; }

    public string? Error { get; init; }

    public string? Cause { get; init; }
}

internal enum TokenStatus
{
    Open,
    Succeeded,
    Failed,

    /// <summary>Timed out, or its execution or branch ended.</summary>
    Closed,
}
