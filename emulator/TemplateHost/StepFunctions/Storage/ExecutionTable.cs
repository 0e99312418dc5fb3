using Microsoft.Data.Sqlite;
using TemplateHost.Kernel;
using TemplateHost.StepFunctions.Model;
using TemplateHost.Storage;

namespace TemplateHost.StepFunctions.Storage;

/// <summary>Executions.</summary>
internal static class ExecutionTable
{
    private const string Columns = "arn, machine, revision, name, input, status, started, stopped, output, error, cause";

    public static ExecutionRecord? Find(StoreSession session, string arn) =>
        session.Query($"SELECT {Columns} FROM sfn_execution WHERE arn = ?1", Read, arn).FirstOrDefault();

    public static List<ExecutionRecord> Running(StoreSession session) =>
        session.Query($"SELECT {Columns} FROM sfn_execution WHERE status = 0", Read);

    /// <summary>The machine's executions, latest first; a status as the API writes it narrows them.</summary>
    public static List<ExecutionRecord> List(StoreSession session, string machine, string? status, int skip, int count)
    {
        var wanted = status is null ? -1 : (int)Enum.GetValues<ExecutionStatus>().FirstOrDefault(value => value.Text() == status);
        return session.Query(
            $"SELECT {Columns} FROM sfn_execution WHERE machine = ?1 AND (?4 < 0 OR status = ?4) ORDER BY started DESC, arn "
                + "LIMIT ?2 OFFSET ?3",
            Read,
            machine,
            count,
            skip,
            wanted
        );
    }

    public static void Insert(StoreSession session, ExecutionRecord execution) =>
        session.Execute(
            $"INSERT INTO sfn_execution({Columns}) VALUES(?1, ?2, ?3, ?4, ?5, 0, ?6, NULL, NULL, NULL, NULL)",
            execution.Arn,
            execution.MachineArn,
            execution.Revision,
            execution.Name,
            PackedText.Pack(execution.Input),
            execution.StartedAt.ToUnixTimeMilliseconds()
        );

    /// <summary>Ends a running execution; its branches are forgotten and its open tokens accept nothing more.</summary>
    /// <returns>False when it had ended already.</returns>
    public static bool End(StoreSession session, string arn, ExecutionStatus status, BranchEnd end, DateTimeOffset at)
    {
        var output = end.Failed || status != ExecutionStatus.Succeeded ? null : PackedText.Pack(Kernel.JsonPaths.JsonText.Of(end.Output));
        var changed = session.Execute(
            "UPDATE sfn_execution SET status = ?2, stopped = ?3, output = ?4, error = ?5, cause = ?6 WHERE arn = ?1 AND status = 0",
            arn,
            (int)status,
            at.ToUnixTimeMilliseconds(),
            output,
            end.Error,
            end.Cause
        );
        if (changed == 1)
        {
            session.Execute("DELETE FROM sfn_branch WHERE execution = ?1", arn);
            TokenTable.Forget(session, arn);
        }

        return changed == 1;
    }

    /// <summary>Lets an execution that failed run again.</summary>
    public static void Reopen(StoreSession session, string arn) =>
        session.Execute("UPDATE sfn_execution SET status = 0, stopped = NULL, error = NULL, cause = NULL WHERE arn = ?1", arn);

    /// <summary>Forgets executions that ended before, and all that was kept of them.</summary>
    /// <returns>How many there were; a sweep goes on while it is the most that one write takes.</returns>
    public static int DeleteEnded(StoreSession session, DateTimeOffset before, int most)
    {
        var ended = session.Query(
            "SELECT arn FROM sfn_execution WHERE stopped <= ?1 LIMIT ?2",
            row => row.GetString(0),
            before.ToUnixTimeMilliseconds(),
            most
        );
        foreach (var arn in ended)
        {
            foreach (var table in new[] { "sfn_history", "sfn_event", "sfn_token", "sfn_branch", "sfn_started_by" })
            {
                session.Execute($"DELETE FROM {table} WHERE execution = ?1", arn);
            }

            session.Execute("DELETE FROM sfn_execution WHERE arn = ?1", arn);
        }

        return ended.Count;
    }

    private static ExecutionRecord Read(SqliteDataReader row) =>
        new(
            row.GetString(0),
            row.GetString(1),
            row.GetInt32(2),
            row.GetString(3),
            PackedText.Read(row, 4),
            DateTimeOffset.FromUnixTimeMilliseconds(row.GetInt64(6))
        )
        {
            Status = (ExecutionStatus)row.GetInt32(5),
            StoppedAt = row.IsDBNull(7) ? null : DateTimeOffset.FromUnixTimeMilliseconds(row.GetInt64(7)),
            Output = row.IsDBNull(8) ? null : PackedText.Read(row, 8),
            Error = row.IsDBNull(9) ? null : row.GetString(9),
            Cause = row.IsDBNull(10) ? null : row.GetString(10),
        };
}
