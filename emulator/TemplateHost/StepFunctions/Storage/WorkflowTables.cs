using TemplateHost.Storage;

namespace TemplateHost.StepFunctions.Storage;

/// <summary>The tables of Step Functions. Times are Unix milliseconds.</summary>
internal static class WorkflowTables
{
    public static void Define(IStore store) =>
        store.Define(
            """
            CREATE TABLE IF NOT EXISTS sfn_machine(
                arn TEXT PRIMARY KEY, name TEXT NOT NULL, revision INTEGER NOT NULL, created INTEGER NOT NULL, logging TEXT);
            CREATE TABLE IF NOT EXISTS sfn_revision(
                machine TEXT NOT NULL, revision INTEGER NOT NULL, definition TEXT NOT NULL, role TEXT NOT NULL,
                  PRIMARY KEY(machine, revision));
            CREATE TABLE IF NOT EXISTS sfn_execution(
                arn TEXT PRIMARY KEY, machine TEXT NOT NULL, revision INTEGER NOT NULL, name TEXT NOT NULL, input NOT NULL,
                status INTEGER NOT NULL, started INTEGER NOT NULL, stopped INTEGER, output, error TEXT, cause TEXT);
            CREATE INDEX IF NOT EXISTS sfn_execution_by_machine ON sfn_execution(machine, started);
            CREATE INDEX IF NOT EXISTS sfn_execution_running ON sfn_execution(arn) WHERE status = 0;
            CREATE TABLE IF NOT EXISTS sfn_branch(execution TEXT NOT NULL, path TEXT NOT NULL, cursor TEXT NOT NULL,
              PRIMARY KEY(execution, path));
            CREATE TABLE IF NOT EXISTS sfn_event(execution TEXT NOT NULL, id INTEGER NOT NULL, body TEXT NOT NULL,
              PRIMARY KEY(execution, id)) WITHOUT ROWID;
            CREATE TABLE IF NOT EXISTS sfn_history(execution TEXT PRIMARY KEY, events INTEGER NOT NULL, packed NOT NULL);
            CREATE INDEX IF NOT EXISTS sfn_execution_ended ON sfn_execution(stopped) WHERE stopped IS NOT NULL;
            CREATE TABLE IF NOT EXISTS sfn_token(
                token BLOB PRIMARY KEY, execution TEXT NOT NULL, path TEXT NOT NULL, status INTEGER NOT NULL, deadline INTEGER,
                beaten INTEGER NOT NULL, heartbeat INTEGER, output TEXT, error TEXT, cause TEXT) WITHOUT ROWID;
            CREATE INDEX IF NOT EXISTS sfn_token_by_execution ON sfn_token(execution);
            """
        );
}
