using System.Collections.Concurrent;
using System.Text.Json;
using System.Text.Json.Nodes;
using TemplateHost.Storage;

namespace TemplateHost.Identity;

/// <summary>The account's roles: kept in the store, asked from memory.</summary>
internal sealed class RoleDirectory
{
    private readonly IStore store;
    private readonly ConcurrentDictionary<string, Role> roles = new(StringComparer.Ordinal);

    public RoleDirectory(IStore store)
    {
        this.store = store;
        Managed = new PolicyDirectory(store);
        store.Define(
            """
            CREATE TABLE IF NOT EXISTS iam_role (
              name TEXT PRIMARY KEY, arn TEXT NOT NULL, unique_id TEXT NOT NULL, path TEXT NOT NULL, created INTEGER NOT NULL,
                trust TEXT NOT NULL,
              settings TEXT NOT NULL);
            CREATE TABLE IF NOT EXISTS iam_role_policy (
              role TEXT NOT NULL, name TEXT NOT NULL, document TEXT NOT NULL, PRIMARY KEY (role, name));
            """
        );
        foreach (var role in store.Read(LoadAll))
        {
            roles[role.Name] = role;
        }
    }

    /// <summary>The policies that stand by themselves.</summary>
    public PolicyDirectory Managed { get; }

    public Role? Find(string name) => roles.GetValueOrDefault(name);

    public IReadOnlyList<Role> All => [.. roles.Values.OrderBy(role => role.Name, StringComparer.Ordinal)];

    /// <summary>Creates the role, or replaces what is known of it; its policies stay.</summary>
    public Task PutAsync(Role role) =>
        ChangeAsync(
            role.Name,
            session =>
                session.Execute(
                    """
                    INSERT INTO iam_role (name, arn, unique_id, path, created, trust, settings) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)
                    ON CONFLICT (name) DO UPDATE SET trust = ?6, settings = ?7
                    """,
                    role.Name,
                    role.Arn,
                    role.UniqueId,
                    role.Path,
                    role.CreatedAt.ToUnixTimeMilliseconds(),
                    role.TrustPolicy.ToJsonString(),
                    JsonSerializer.Serialize(role.Settings)
                )
        );

    public Task PutPolicyAsync(string role, string policy, JsonObject document) =>
        ChangeAsync(
            role,
            session =>
                session.Execute(
                    "INSERT INTO iam_role_policy (role, name, document) VALUES (?1, ?2, ?3) ON CONFLICT (role, name) DO UPDATE SET "
                        + "document = ?3",
                    role,
                    policy,
                    document.ToJsonString()
                )
        );

    public Task DeletePolicyAsync(string role, string policy) =>
        ChangeAsync(role, session => session.Execute("DELETE FROM iam_role_policy WHERE role = ?1 AND name = ?2", role, policy));

    public Task DeleteAsync(string role) =>
        ChangeAsync(
            role,
            session =>
            {
                session.Execute("DELETE FROM iam_role_policy WHERE role = ?1", role);
                session.Execute("DELETE FROM iam_attachment WHERE role = ?1", role);
                session.Execute("DELETE FROM iam_role WHERE name = ?1", role);
            }
        );

    public Task AttachAsync(string role, string policyArn) =>
        ChangeAsync(role, session => PolicyDirectory.Attach(session, role, policyArn));

    public Task DetachAsync(string role, string policyArn) =>
        ChangeAsync(role, session => PolicyDirectory.Detach(session, role, policyArn));

    /// <summary>Creates or changes a managed policy, for all roles that it is attached to.</summary>
    public Task PutManagedAsync(ManagedPolicy policy) => ChangeManagedAsync(session => PolicyDirectory.Put(session, policy));

    public Task DeleteManagedAsync(string arn) => ChangeManagedAsync(session => PolicyDirectory.Delete(session, arn));

    private async Task ChangeManagedAsync(Action<StoreSession> change)
    {
        var changed = await store.WriteAsync(session =>
        {
            change(session);
            return LoadAll(session);
        });
        changed.ForEach(role => roles[role.Name] = role);
    }

    private async Task ChangeAsync(string name, Action<StoreSession> change)
    {
        var changed = await store.WriteAsync(session =>
        {
            change(session);
            return LoadAll(session).Find(role => role.Name == name);
        });
        if (changed is null)
        {
            roles.TryRemove(name, out _);
        }
        else
        {
            roles[name] = changed;
        }
    }

    private static List<Role> LoadAll(StoreSession session)
    {
        var policies = session
            .Query(
                "SELECT role, name, document FROM iam_role_policy",
                row => (Role: row.GetString(0), Name: row.GetString(1), Document: (JsonObject)JsonNode.Parse(row.GetString(2))!)
            )
            .ToLookup(policy => policy.Role);
        var attached = PolicyDirectory.Attachments(session);
        return session.Query(
            "SELECT name, arn, unique_id, path, created, trust, settings FROM iam_role",
            row => new Role(
                row.GetString(0),
                row.GetString(1),
                row.GetString(2),
                row.GetString(3),
                DateTimeOffset.FromUnixTimeMilliseconds(row.GetInt64(4)),
                (JsonObject)JsonNode.Parse(row.GetString(5))!,
                policies[row.GetString(0)].ToDictionary(policy => policy.Name, policy => policy.Document),
                JsonSerializer.Deserialize<RoleSettings>(row.GetString(6))!
            )
            {
                Attached = [.. attached[row.GetString(0)]],
            }
        );
    }
}
