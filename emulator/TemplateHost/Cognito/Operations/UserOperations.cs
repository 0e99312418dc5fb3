using System.Text.Json.Nodes;
using TemplateHost.Cognito.Model;
using TemplateHost.Cognito.Storage;
using TemplateHost.Gateway;
using TemplateHost.Kernel;

namespace TemplateHost.Cognito.Operations;

/// <summary>What a signed-in user may do by access token: GetUser, ChangePassword, GlobalSignOut.</summary>
internal sealed class UserOperations(HostContext host, PoolDirectory pools, PasswordAttempts attempts)
{
    public Task<JsonObject> GetAsync(JsonCall call)
    {
        var (_, user) = pools.Bearer(call.Input);
        var described = new JsonObject { ["Username"] = user.Username, ["UserAttributes"] = Attributes(user) };
        return Task.FromResult(SoftwareTokenOperations.DescribeTo(described, user));
    }

    public async Task<JsonObject> ChangePasswordAsync(JsonCall call)
    {
        var (pool, user) = pools.Bearer(call.Input);
        var previous = PoolDirectory.Text(call.Input, "PreviousPassword");
        // Who holds a token may guess no oftener than who has none: the same attempts are counted, and the same lock holds.
        await attempts.DemandAsync(pool, user.Username, () => user.Password?.Matches(pool, user.Username, previous) is true);
        var password = pools.Verifier(pool, user.Username, PoolDirectory.Text(call.Input, "ProposedPassword"));
        await pools.ChangeAsync(pool, user.Username, known => known with { Password = password });
        return [];
    }

    public async Task<JsonObject> SignOutAsync(JsonCall call)
    {
        var (pool, user) = pools.Bearer(call.Input);
        await host.Store.WriteAsync(session => UserTable.SignOut(session, pool, user.Username));
        return [];
    }

    /// <summary>A user's attributes as the API lists them, <c>sub</c> first.</summary>
    public static JsonArray Attributes(User user) =>
        new([
            new JsonObject { ["Name"] = "sub", ["Value"] = user.Sub },
            .. user.Attributes.Select(attribute => new JsonObject { ["Name"] = attribute.Key, ["Value"] = attribute.Value }),
        ]);
}
