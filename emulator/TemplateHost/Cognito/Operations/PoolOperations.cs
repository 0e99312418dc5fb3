using System.Text.Json.Nodes;
using TemplateHost.Cognito.Model;
using TemplateHost.Cognito.Storage;
using TemplateHost.Cognito.Tokens;
using TemplateHost.Gateway;
using TemplateHost.Kernel;

namespace TemplateHost.Cognito.Operations;

/// <summary>CreateUserPool, DescribeUserPool, ListUserPools, DeleteUserPool.</summary>
internal sealed class PoolOperations(HostContext host, PoolDirectory pools)
{
    /// <summary>Why a pool with deletion protection stays.</summary>
    public const string Protected =
        "The user pool cannot be deleted because deletion protection is activated. Deletion protection must be inactivated first.";

    public async Task<JsonObject> CreateAsync(JsonCall call)
    {
        host.Authorizer.Demand(call.Caller, call.Right, "*");
        var pool = Read(call.Input, PoolDirectory.Text(call.Input, "PoolName"));
        await host.Store.WriteAsync(session =>
        {
            PoolTables.Put(session, pool);
            return true;
        });
        return new JsonObject { ["UserPool"] = Describe(pool) };
    }

    public Task<JsonObject> DescribeAsync(JsonCall call) => Task.FromResult(new JsonObject { ["UserPool"] = Describe(pools.Demand(call)) });

    public Task<JsonObject> ListAsync(JsonCall call)
    {
        host.Authorizer.Demand(call.Caller, call.Right, "*");
        return Task.FromResult(
            PoolDirectory.Pools.Page(
                call.Input,
                "UserPools",
                host.Store.Read(PoolTables.Pools),
                pool => new JsonObject
                {
                    ["Id"] = pool.Id,
                    ["Name"] = pool.Name,
                    ["CreationDate"] = Seconds(pool),
                    ["LastModifiedDate"] = Seconds(pool),
                }
            )
        );
    }

    public async Task<JsonObject> DeleteAsync(JsonCall call)
    {
        var pool = pools.Demand(call);
        if (pool.IsProtected)
        {
            throw CognitoErrors.Invalid(Protected);
        }

        await host.Store.WriteAsync(session => PoolTables.DeletePool(session, pool.Id));
        return [];
    }

    private UserPool Read(JsonObject input, string name) =>
        new(
            $"{host.Region}_{host.Random.Text(9, "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789")}",
            name,
            TokenSigner.NewKey(),
            PasswordPolicy.Of(input["Policies"]?["PasswordPolicy"] as JsonObject ?? []),
            [
                .. (input["Schema"] as JsonArray ?? [])
                    .Where(attribute => attribute?["Required"]?.GetValue<bool>() is true)
                    .Select(attribute => attribute!["Name"]!.ToString()),
            ],
            input["UsernameConfiguration"]?["CaseSensitive"]?.GetValue<bool>() is true,
            input["AdminCreateUserConfig"]?["AllowAdminCreateUserOnly"]?.GetValue<bool>() is not true,
            (input["AutoVerifiedAttributes"] as JsonArray ?? []).Any(attribute => attribute?.ToString() == "email"),
            input["EmailVerificationSubject"]?.ToString() ?? "Your verification code"
        )
        {
            CreatedAt = host.Time.GetUtcNow(),
            CustomAttributes = UserAttributes.CustomOf(input["Schema"] as JsonArray ?? []),
            IsProtected = input["DeletionProtection"]?.ToString() == "ACTIVE",
        };

    private JsonObject Describe(UserPool pool) =>
        new()
        {
            ["Id"] = pool.Id,
            ["Name"] = pool.Name,
            ["Arn"] = host.Arn("cognito-idp", $"userpool/{pool.Id}"),
            ["CreationDate"] = Seconds(pool),
            ["LastModifiedDate"] = Seconds(pool),
            ["DeletionProtection"] = pool.IsProtected ? "ACTIVE" : "INACTIVE",
            ["MfaConfiguration"] = pool.SoftwareTokens ? "OPTIONAL" : "OFF",
            ["Policies"] = new JsonObject { ["PasswordPolicy"] = pool.Passwords.Describe() },
            ["AdminCreateUserConfig"] = new JsonObject { ["AllowAdminCreateUserOnly"] = !pool.SelfSignUp },
            ["UsernameConfiguration"] = new JsonObject { ["CaseSensitive"] = pool.CaseSensitive },
            ["AutoVerifiedAttributes"] = pool.VerifiesEmail ? new JsonArray("email") : new JsonArray(),
        };

    private static double Seconds(UserPool pool) => pool.CreatedAt.ToUnixTimeMilliseconds() / 1000.0;
}
