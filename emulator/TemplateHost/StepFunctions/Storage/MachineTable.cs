using Microsoft.Data.Sqlite;
using TemplateHost.StepFunctions.Model;
using TemplateHost.Storage;

namespace TemplateHost.StepFunctions.Storage;

/// <summary>State machines and their revisions.</summary>
internal static class MachineTable
{
    private const string Select = """
        SELECT m.arn, m.name, r.revision, r.definition, r.role, m.created, m.logging
          FROM sfn_machine m JOIN sfn_revision r ON r.machine = m.arn
        """;

    public static StateMachineRecord? Find(StoreSession session, string arn) =>
        session.Query(Select + " AND r.revision = m.revision WHERE m.arn = ?1", Read, arn).FirstOrDefault();

    /// <summary>The machine as it was when an execution of that revision started.</summary>
    public static StateMachineRecord? Find(StoreSession session, string arn, int revision) =>
        session
            .Query(
                "SELECT ?1, COALESCE((SELECT name FROM sfn_machine WHERE arn = ?1), ?1), revision, definition, role, 0, NULL FROM "
                    + "sfn_revision WHERE machine = ?1 AND revision = ?2",
                Read,
                arn,
                revision
            )
            .FirstOrDefault();

    public static List<StateMachineRecord> List(StoreSession session) =>
        session.Query(Select + " AND r.revision = m.revision ORDER BY m.name", Read);

    /// <summary>Creates the machine, or gives it a new revision when definition, role or logging changed.</summary>
    public static StateMachineRecord Put(StoreSession session, StateMachineRecord machine)
    {
        var existing = Find(session, machine.Arn);
        if (
            existing is not null
            && (existing.Definition, existing.RoleArn, existing.Logging) == (machine.Definition, machine.RoleArn, machine.Logging)
        )
        {
            return existing;
        }

        var latest = session.Query(
            "SELECT COALESCE(MAX(revision), 0) FROM sfn_revision WHERE machine = ?1",
            row => row.GetInt32(0),
            machine.Arn
        )[0];
        var kept = machine with { Revision = latest + 1, CreatedAt = existing?.CreatedAt ?? machine.CreatedAt };
        session.Execute("INSERT INTO sfn_revision VALUES(?1, ?2, ?3, ?4)", kept.Arn, kept.Revision, kept.Definition, kept.RoleArn);
        session.Execute(
            "INSERT INTO sfn_machine VALUES(?1, ?2, ?3, ?4, ?5) ON CONFLICT(arn) DO UPDATE SET revision = ?3, logging = ?5",
            kept.Arn,
            kept.Name,
            kept.Revision,
            kept.CreatedAt.ToUnixTimeMilliseconds(),
            kept.Logging
        );
        return kept;
    }

    /// <summary>Forgets the machine; executions that run go on to their end with the revision they started with.</summary>
    public static int Delete(StoreSession session, string arn) => session.Execute("DELETE FROM sfn_machine WHERE arn = ?1", arn);

    private static StateMachineRecord Read(SqliteDataReader row) =>
        new(
            row.GetString(0),
            row.GetString(1),
            row.GetInt32(2),
            row.GetString(3),
            row.GetString(4),
            DateTimeOffset.FromUnixTimeMilliseconds(row.GetInt64(5))
        )
        {
            Logging = row.IsDBNull(6) ? null : row.GetString(6),
        };
}
