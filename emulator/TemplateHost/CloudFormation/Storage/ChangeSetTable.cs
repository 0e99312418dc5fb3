using System.Text.Json;
using TemplateHost.CloudFormation.Model;
using TemplateHost.Storage;

namespace TemplateHost.CloudFormation.Storage;

/// <summary>Change sets in the store.</summary>
internal sealed class ChangeSetTable
{
    private readonly IStore store;

    public ChangeSetTable(IStore store)
    {
        this.store = store;
        store.Define("CREATE TABLE IF NOT EXISTS cfn_change_set (id TEXT PRIMARY KEY, stack TEXT NOT NULL, body TEXT NOT NULL)");
    }

    public IReadOnlyList<ChangeSet> Of(string stackId) =>
        store.Read(session => session.Records<ChangeSet>("SELECT body FROM cfn_change_set WHERE stack = ?1 ORDER BY rowid", stackId));

    public ChangeSet? Find(string id) =>
        store.Read(session => session.Records<ChangeSet>("SELECT body FROM cfn_change_set WHERE id = ?1", id).FirstOrDefault());

    public Task PutAsync(ChangeSet set) =>
        store.WriteAsync(session =>
            session.Execute(
                "INSERT INTO cfn_change_set (id, stack, body) VALUES (?1, ?2, ?3) ON CONFLICT (id) DO UPDATE SET body = ?3",
                set.Id,
                set.StackId,
                JsonSerializer.Serialize(set)
            )
        );

    public Task DeleteAsync(string id) => store.WriteAsync(session => session.Execute("DELETE FROM cfn_change_set WHERE id = ?1", id));
}
