using FairShare.Local.Storage;

namespace FairShare.Local.Deployment;

/// <summary>What earlier deployments made, by logical id.</summary>
internal sealed class StackState
{
    private readonly IStore store;

    public StackState(IStore store)
    {
        this.store = store;
        store.Define(
            """
            CREATE TABLE IF NOT EXISTS cfn_resource (
              position INTEGER PRIMARY KEY, logical_id TEXT NOT NULL UNIQUE, type TEXT NOT NULL, physical_id TEXT NOT NULL, retained INTEGER NOT NULL);
            """);
    }

    /// <summary>In the order in which they were first made.</summary>
    public IReadOnlyList<StackResource> Load() => store.Read(session => session.Query(
        "SELECT logical_id, type, physical_id, retained FROM cfn_resource ORDER BY position",
        row => new StackResource(row.GetString(0), row.GetString(1), row.GetString(2), row.GetBoolean(3))));

    public Task SaveAsync(StackResource resource) => store.WriteAsync(session => session.Execute(
        """
        INSERT INTO cfn_resource (logical_id, type, physical_id, retained) VALUES (?1, ?2, ?3, ?4)
        ON CONFLICT (logical_id) DO UPDATE SET type = ?2, physical_id = ?3, retained = ?4
        """,
        resource.LogicalId, resource.Type, resource.PhysicalId, resource.Retained));

    public Task RemoveAsync(string logicalId) =>
        store.WriteAsync(session => session.Execute("DELETE FROM cfn_resource WHERE logical_id = ?1", logicalId));
}

internal sealed record StackResource(string LogicalId, string Type, string PhysicalId, bool Retained);
