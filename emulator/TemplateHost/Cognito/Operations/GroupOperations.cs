using System.Text.Json.Nodes;
using TemplateHost.Cognito.Model;
using TemplateHost.Cognito.Storage;
using TemplateHost.Gateway;
using TemplateHost.Kernel;

namespace TemplateHost.Cognito.Operations;

/// <summary>CreateGroup, GetGroup, ListGroups, DeleteGroup, AdminAddUserToGroup.</summary>
internal sealed class GroupOperations(HostContext host, PoolDirectory pools)
{
    public async Task<JsonObject> CreateAsync(JsonCall call)
    {
        var pool = pools.Demand(call);
        var name = PoolDirectory.Text(call.Input, "GroupName");
        return await host.Store.WriteAsync(session => PoolTables.PutGroup(session, pool.Id, name))
            ? new JsonObject { ["Group"] = Describe(pool, name) }
            : throw new AwsException("GroupExistsException", "A group with the name already exists.");
    }

    public Task<JsonObject> GetAsync(JsonCall call)
    {
        var pool = pools.Demand(call);
        return Task.FromResult(new JsonObject { ["Group"] = Describe(pool, Find(pool, call.Input)) });
    }

    public Task<JsonObject> ListAsync(JsonCall call)
    {
        var pool = pools.Demand(call);
        var groups = host.Store.Read(session => PoolTables.Groups(session, pool.Id));
        return Task.FromResult(PoolDirectory.Groups.Page(call.Input, "Groups", groups, name => Describe(pool, name)));
    }

    public async Task<JsonObject> DeleteAsync(JsonCall call)
    {
        var pool = pools.Demand(call);
        var name = Find(pool, call.Input);
        await host.Store.WriteAsync(session =>
        {
            foreach (var user in UserTable.List(session, pool).Where(user => user.Groups.Contains(name)))
            {
                UserTable.Put(session, pool, user with { Groups = [.. user.Groups.Where(group => group != name)] });
            }

            return PoolTables.DeleteGroup(session, pool.Id, name);
        });
        return [];
    }

    public async Task<JsonObject> AddUserAsync(JsonCall call)
    {
        var pool = pools.Demand(call);
        var name = Find(pool, call.Input);
        await pools.ChangeAsync(
            pool,
            PoolDirectory.Text(call.Input, "Username"),
            user => user with { Groups = [.. user.Groups.Append(name).Distinct().Order(StringComparer.Ordinal)] }
        );
        return [];
    }

    private string Find(UserPool pool, JsonObject input)
    {
        var name = PoolDirectory.Text(input, "GroupName");
        return host.Store.Read(session => PoolTables.HasGroup(session, pool.Id, name))
            ? name
            : throw new AwsException("ResourceNotFoundException", "Group not found.");
    }

    private static JsonObject Describe(UserPool pool, string name) => new() { ["GroupName"] = name, ["UserPoolId"] = pool.Id };
}
