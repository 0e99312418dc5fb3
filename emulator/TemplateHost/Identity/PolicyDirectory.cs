using System.Text.Json;
using TemplateHost.Storage;

namespace TemplateHost.Identity;

/// <summary>The account's managed policies, and those of AWS that templates name.</summary>
internal sealed class PolicyDirectory
{
    private readonly IStore store;

    public PolicyDirectory(IStore store)
    {
        this.store = store;
        store.Define(
            """
            CREATE TABLE IF NOT EXISTS iam_policy (arn TEXT PRIMARY KEY, body TEXT NOT NULL);
            CREATE TABLE IF NOT EXISTS iam_attachment (role TEXT NOT NULL, policy TEXT NOT NULL, PRIMARY KEY (role, policy));
            """
        );
    }

    /// <summary>The account's own, by name.</summary>
    public IReadOnlyList<ManagedPolicy> All => [.. store.Read(Load).OrderBy(policy => policy.Name, StringComparer.Ordinal)];

    public ManagedPolicy? Find(string arn) =>
        arn == ManagedPolicy.LambdaBasicExecution.Arn
            ? ManagedPolicy.LambdaBasicExecution
            : store.Read(Load).Find(policy => policy.Arn == arn);

    /// <summary>The names of the roles that the policy is attached to.</summary>
    public IReadOnlyList<string> RolesOf(string arn) =>
        store.Read(session =>
            session.Query("SELECT role FROM iam_attachment WHERE policy = ?1 ORDER BY role", row => row.GetString(0), arn)
        );

    public static void Put(StoreSession session, ManagedPolicy policy) =>
        session.Execute(
            "INSERT INTO iam_policy (arn, body) VALUES (?1, ?2) ON CONFLICT (arn) DO UPDATE SET body = ?2",
            policy.Arn,
            JsonSerializer.Serialize(policy)
        );

    public static void Delete(StoreSession session, string arn)
    {
        session.Execute("DELETE FROM iam_attachment WHERE policy = ?1", arn);
        session.Execute("DELETE FROM iam_policy WHERE arn = ?1", arn);
    }

    public static void Attach(StoreSession session, string role, string arn) =>
        session.Execute("INSERT OR IGNORE INTO iam_attachment (role, policy) VALUES (?1, ?2)", role, arn);

    public static void Detach(StoreSession session, string role, string arn) =>
        session.Execute("DELETE FROM iam_attachment WHERE role = ?1 AND policy = ?2", role, arn);

    /// <summary>The policies of every role that has one attached.</summary>
    public static ILookup<string, ManagedPolicy> Attachments(StoreSession session)
    {
        var policies = Load(session).Append(ManagedPolicy.LambdaBasicExecution).ToDictionary(policy => policy.Arn);
        return session
            .Query("SELECT role, policy FROM iam_attachment ORDER BY rowid", row => (Role: row.GetString(0), Policy: row.GetString(1)))
            .ToLookup(attachment => attachment.Role, attachment => policies[attachment.Policy]);
    }

    private static List<ManagedPolicy> Load(StoreSession session) => session.Records<ManagedPolicy>("SELECT body FROM iam_policy");
}
