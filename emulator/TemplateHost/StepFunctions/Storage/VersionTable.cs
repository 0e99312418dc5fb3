using System.Globalization;
using System.Text.Json;
using TemplateHost.StepFunctions.Model;
using TemplateHost.Storage;

namespace TemplateHost.StepFunctions.Storage;

/// <summary>Versions of state machines and their aliases, and which of them executions were started by.</summary>
internal static class VersionTable
{
    public static void Define(IStore store) =>
        store.Define(
            """
            CREATE TABLE IF NOT EXISTS sfn_version(machine TEXT NOT NULL, number INTEGER NOT NULL, body TEXT NOT NULL,
              PRIMARY KEY(machine, number));
            CREATE TABLE IF NOT EXISTS sfn_version_count(machine TEXT PRIMARY KEY, last INTEGER NOT NULL);
            CREATE TABLE IF NOT EXISTS sfn_alias(arn TEXT PRIMARY KEY, machine TEXT NOT NULL, body TEXT NOT NULL);
            CREATE TABLE IF NOT EXISTS sfn_started_by(execution TEXT PRIMARY KEY, version TEXT NOT NULL, alias TEXT);
            """
        );

    /// <summary>Publishes a revision; where the last version is of this revision, it is that one.</summary>
    public static MachineVersion Publish(StoreSession session, string machine, int revision, string description, DateTimeOffset now)
    {
        if (List(session, machine).LastOrDefault() is { } last && last.Revision == revision)
        {
            return last;
        }

        session.Execute("INSERT INTO sfn_version_count VALUES(?1, 1) ON CONFLICT(machine) DO UPDATE SET last = last + 1", machine);
        var number = session.Query("SELECT last FROM sfn_version_count WHERE machine = ?1", row => row.GetInt32(0), machine)[0];
        var version = new MachineVersion(string.Create(CultureInfo.InvariantCulture, $"{machine}:{number}"), revision, description, now);
        session.Execute("INSERT INTO sfn_version VALUES(?1, ?2, ?3)", machine, number, JsonSerializer.Serialize(version));
        return version;
    }

    public static List<MachineVersion> List(StoreSession session, string machine) =>
        session.Records<MachineVersion>("SELECT body FROM sfn_version WHERE machine = ?1 ORDER BY number", machine);

    public static MachineVersion? Find(StoreSession session, string arn) =>
        session
            .Records<MachineVersion>(
                "SELECT body FROM sfn_version WHERE machine = ?1 AND number = ?2",
                QualifiedArn.MachineOf(arn),
                QualifiedArn.QualifierOf(arn)
            )
            .FirstOrDefault();

    public static bool Delete(StoreSession session, string arn) =>
        session.Execute(
            "DELETE FROM sfn_version WHERE machine = ?1 AND number = ?2",
            QualifiedArn.MachineOf(arn),
            QualifiedArn.QualifierOf(arn)
        ) == 1;

    public static List<MachineAlias> Aliases(StoreSession session, string machine) =>
        session.Records<MachineAlias>("SELECT body FROM sfn_alias WHERE machine = ?1 ORDER BY arn", machine);

    public static MachineAlias? FindAlias(StoreSession session, string arn) =>
        session.Records<MachineAlias>("SELECT body FROM sfn_alias WHERE arn = ?1", arn).FirstOrDefault();

    public static void PutAlias(StoreSession session, MachineAlias alias) =>
        session.Execute(
            "INSERT OR REPLACE INTO sfn_alias VALUES(?1, ?2, ?3)",
            alias.Arn,
            QualifiedArn.MachineOf(alias.Arn),
            JsonSerializer.Serialize(alias)
        );

    public static bool DeleteAlias(StoreSession session, string arn) => session.Execute("DELETE FROM sfn_alias WHERE arn = ?1", arn) == 1;

    public static void NoteStart(StoreSession session, string execution, string version, string? alias) =>
        session.Execute("INSERT OR REPLACE INTO sfn_started_by VALUES(?1, ?2, ?3)", execution, version, alias);

    /// <summary>What an execution was started by; null for the machine as it was.</summary>
    public static (string Version, string? Alias)? StartOf(StoreSession session, string execution) =>
        session
            .Query(
                "SELECT version, alias FROM sfn_started_by WHERE execution = ?1",
                row => ((string, string?)?)(row.GetString(0), row.IsDBNull(1) ? null : row.GetString(1)),
                execution
            )
            .FirstOrDefault();
}
