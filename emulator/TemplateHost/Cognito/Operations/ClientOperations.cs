using System.Text.Json.Nodes;
using TemplateHost.Cognito.Model;
using TemplateHost.Cognito.Storage;
using TemplateHost.Gateway;
using TemplateHost.Kernel;

namespace TemplateHost.Cognito.Operations;

/// <summary>CreateUserPoolClient, DescribeUserPoolClient, ListUserPoolClients, DeleteUserPoolClient.</summary>
internal sealed class ClientOperations(HostContext host, PoolDirectory pools)
{
    public async Task<JsonObject> CreateAsync(JsonCall call)
    {
        var pool = pools.Demand(call);
        if (call.Input["EnableTokenRevocation"]?.GetValue<bool>() is false)
        {
            throw CognitoErrors.Invalid("Clients whose tokens cannot be revoked are not served by the embedded host.");
        }

        if (call.Input["EnableTokenRevocation"]?.GetValue<bool>() is false)
        {
            throw CognitoErrors.Invalid("Clients whose tokens cannot be revoked are not served by the embedded host.");
        }

        var client = Read(call.Input, pool.Id, host.Random.Text(26, "abcdefghijklmnopqrstuvwxyz0123456789"));
        await host.Store.WriteAsync(session =>
        {
            PoolTables.Put(session, client);
            return true;
        });
        return new JsonObject { ["UserPoolClient"] = Describe(client) };
    }

    public Task<JsonObject> DescribeAsync(JsonCall call) =>
        Task.FromResult(new JsonObject { ["UserPoolClient"] = Describe(Find(call, pools.Demand(call))) });

    public Task<JsonObject> ListAsync(JsonCall call)
    {
        var pool = pools.Demand(call);
        return Task.FromResult(
            PoolDirectory.Pools.Page(
                call.Input,
                "UserPoolClients",
                host.Store.Read(session => PoolTables.Clients(session, pool.Id)),
                client => new JsonObject
                {
                    ["ClientId"] = client.Id,
                    ["UserPoolId"] = client.PoolId,
                    ["ClientName"] = client.Name,
                }
            )
        );
    }

    private UserPoolClient Find(JsonCall call, UserPool pool)
    {
        var id = PoolDirectory.Text(call.Input, "ClientId");
        return host.Store.Read(session => PoolTables.Client(session, id)) is { } client && client.PoolId == pool.Id
            ? client
            : throw CognitoErrors.NoSuchClient(id);
    }

    private static UserPoolClient Read(JsonObject input, string pool, string id)
    {
        var units = input["TokenValidityUnits"] as JsonObject ?? [];
        return new UserPoolClient(
            id,
            pool,
            PoolDirectory.Text(input, "ClientName"),
            [.. (input["ExplicitAuthFlows"] as JsonArray ?? []).Select(flow => flow!.ToString())],
            UserPoolClient.Validity(input["AccessTokenValidity"], units["AccessToken"], TimeSpan.FromHours(1), "hours"),
            UserPoolClient.Validity(input["IdTokenValidity"], units["IdToken"], TimeSpan.FromHours(1), "hours"),
            UserPoolClient.Validity(input["RefreshTokenValidity"], units["RefreshToken"], TimeSpan.FromDays(30), "days"),
            input["PreventUserExistenceErrors"]?.ToString() == "ENABLED"
        )
        {
            WriteAttributes = input["WriteAttributes"] is JsonArray names ? [.. names.Select(name => name!.ToString())] : null,
        };
    }

    private static JsonObject Describe(UserPoolClient client)
    {
        var described = DescribeSettings(client);
        if (client.WriteAttributes is { } names)
        {
            described["WriteAttributes"] = new JsonArray([.. names.Select(name => (JsonNode)name)]);
        }

        return described;
    }

    private static JsonObject DescribeSettings(UserPoolClient client) =>
        new()
        {
            ["ClientId"] = client.Id,
            ["UserPoolId"] = client.PoolId,
            ["ClientName"] = client.Name,
            ["ExplicitAuthFlows"] = new JsonArray([.. client.Flows.Select(flow => (JsonNode)flow)]),
            ["AccessTokenValidity"] = (long)client.AccessTokenValidity.TotalSeconds,
            ["IdTokenValidity"] = (long)client.IdTokenValidity.TotalSeconds,
            ["RefreshTokenValidity"] = (long)client.RefreshTokenValidity.TotalSeconds,
            ["TokenValidityUnits"] = new JsonObject
            {
                ["AccessToken"] = "seconds",
                ["IdToken"] = "seconds",
                ["RefreshToken"] = "seconds",
            },
            ["PreventUserExistenceErrors"] = client.HidesUserExistence ? "ENABLED" : "LEGACY",
            ["EnableTokenRevocation"] = true,
        };
}
