using System.Text.Json;
using TemplateHost.Storage;

namespace TemplateHost.Deployment.Stacks;

/// <summary>The stacks, their resources and their events in the store.</summary>
internal sealed class StackStore
{
    private readonly IStore store;

    public StackStore(IStore store)
    {
        this.store = store;
        store.Define(
            """
            CREATE TABLE IF NOT EXISTS cfn_stack (position INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, body TEXT NOT NULL);
            CREATE TABLE IF NOT EXISTS cfn_stack_resource (
              position INTEGER PRIMARY KEY, stack TEXT NOT NULL, logical_id TEXT NOT NULL, generation INTEGER NOT NULL, body TEXT NOT NULL,
              UNIQUE (stack, logical_id, generation));
            CREATE TABLE IF NOT EXISTS cfn_generation (
              stack_name TEXT NOT NULL, logical_id TEXT NOT NULL, made INTEGER NOT NULL, PRIMARY KEY (stack_name, logical_id));
            CREATE TABLE IF NOT EXISTS cfn_event (position INTEGER PRIMARY KEY AUTOINCREMENT, stack TEXT NOT NULL, body TEXT NOT NULL);
            """
        );
    }

    /// <summary>All stacks, deleted ones included, in the order in which they were made.</summary>
    public IReadOnlyList<StackRecord> Stacks() =>
        store.Read(session => session.Records<StackRecord>("SELECT body FROM cfn_stack ORDER BY position"));

    /// <summary>A stack by its name, unless it is deleted, or by its id.</summary>
    public StackRecord? Find(string nameOrId) =>
        Stacks().LastOrDefault(stack => stack.Id == nameOrId || (stack.Name == nameOrId && !stack.IsDeleted));

    /// <summary>In the order in which they were first reserved.</summary>
    public IReadOnlyList<StackResource> Resources(string stackId) =>
        store.Read(session =>
            session.Records<StackResource>("SELECT body FROM cfn_stack_resource WHERE stack = ?1 ORDER BY position", stackId)
        );

    /// <summary>Oldest first.</summary>
    public IReadOnlyList<StackEvent> Events(string stackId) =>
        store.Read(session => session.Records<StackEvent>("SELECT body FROM cfn_event WHERE stack = ?1 ORDER BY position", stackId));

    public Task SaveAsync(StackRecord stack, params IReadOnlyList<StackEvent> events) =>
        WriteAsync(session =>
        {
            session.Execute(
                "INSERT INTO cfn_stack (id, body) VALUES (?1, ?2) ON CONFLICT (id) DO UPDATE SET body = ?2",
                stack.Id,
                JsonSerializer.Serialize(stack)
            );
            Append(session, events);
        });

    public Task SaveAsync(IReadOnlyList<StackResource> resources, params IReadOnlyList<StackEvent> events) =>
        WriteAsync(session =>
        {
            foreach (var resource in resources)
            {
                Save(session, resource);
            }

            Append(session, events);
        });

    public Task RemoveAsync(StackResource resource, params IReadOnlyList<StackEvent> events) =>
        WriteAsync(session =>
        {
            session.Execute(
                "DELETE FROM cfn_stack_resource WHERE stack = ?1 AND logical_id = ?2 AND generation = ?3",
                resource.StackId,
                resource.LogicalId,
                resource.Generation
            );
            Append(session, events);
        });

    /// <summary>Reserves resources that are about to be made: each is given the next generation of its logical id.</summary>
    public Task<List<StackResource>> ReserveAsync(string stackName, IReadOnlyList<StackResource> resources) =>
        store.WriteAsync(session =>
        {
            var reserved = resources
                .Select(resource => resource with { Generation = NextGeneration(session, stackName, resource.LogicalId) })
                .ToList();
            reserved.ForEach(resource => Save(session, resource));
            return reserved;
        });

    private static int NextGeneration(StoreSession session, string stackName, string logicalId) =>
        session.Query(
            """
            INSERT INTO cfn_generation (stack_name, logical_id, made) VALUES (?1, ?2, 1)
            ON CONFLICT (stack_name, logical_id) DO UPDATE SET made = made + 1 RETURNING made - 1
            """,
            row => row.GetInt32(0),
            stackName,
            logicalId
        )[0];

    private static void Save(StoreSession session, StackResource resource) =>
        session.Execute(
            """
            INSERT INTO cfn_stack_resource (stack, logical_id, generation, body) VALUES (?1, ?2, ?3, ?4)
            ON CONFLICT (stack, logical_id, generation) DO UPDATE SET body = ?4
            """,
            resource.StackId,
            resource.LogicalId,
            resource.Generation,
            JsonSerializer.Serialize(resource)
        );

    private static void Append(StoreSession session, IReadOnlyList<StackEvent> events)
    {
        foreach (var line in events)
        {
            session.Execute("INSERT INTO cfn_event (stack, body) VALUES (?1, ?2)", line.StackId, JsonSerializer.Serialize(line));
        }
    }

    private Task<bool> WriteAsync(Action<StoreSession> work) =>
        store.WriteAsync(session =>
        {
            work(session);
            return true;
        });
}
