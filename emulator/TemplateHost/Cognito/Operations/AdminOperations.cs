using System.Text.Json.Nodes;
using TemplateHost.Cognito.Model;
using TemplateHost.Cognito.Storage;
using TemplateHost.Gateway;
using TemplateHost.Kernel;

namespace TemplateHost.Cognito.Operations;

/// <summary>The Admin* operations on users, and ListUsers.</summary>
internal sealed class AdminOperations(HostContext host, PoolDirectory pools)
{
    /// <summary>Creates a user with a temporary password, who must choose another at the first sign-in.</summary>
    public async Task<JsonObject> CreateAsync(JsonCall call)
    {
        var pool = pools.Demand(call);
        if (call.Input["DesiredDeliveryMediums"] is JsonArray mediums && mediums.Any(medium => medium?.ToString() != "EMAIL"))
        {
            throw CognitoErrors.Invalid("The embedded host delivers by EMAIL, and by no other of DesiredDeliveryMediums.");
        }

        var username = PoolDirectory.Username(call.Input);
        var attributes = SignUpOperations.AttributesOf(call.Input["UserAttributes"] as JsonArray);
        SignUpOperations.CheckAttributes(pool, client: null, attributes);
        var temporary = call.Input["TemporaryPassword"]?.GetValue<string>() ?? host.Random.Text(12, "abcdefghijkmnpqrstuvwxyz") + "A1!";
        var verifier = pools.Verifier(pool, username, temporary);
        var user = new User(username, host.Random.Uuid(), UserStatus.ForceChangePassword, verifier, attributes, host.Time.GetUtcNow());
        await host.Store.WriteAsync(session =>
        {
            if (UserTable.Find(session, pool, username) is not null)
            {
                throw new AwsException("UsernameExistsException", "User account already exists");
            }

            UserTable.Put(session, pool, user);
            return true;
        });
        if (call.Input["MessageAction"]?.ToString() != "SUPPRESS" && attributes.TryGetValue("email", out var address))
        {
            host.Mailbox.Deliver(new MailMessage(address, "Your temporary password", temporary, host.Time.GetUtcNow()));
        }

        return new JsonObject { ["User"] = Describe(user, "Attributes") };
    }

    public async Task<JsonObject> SetPasswordAsync(JsonCall call)
    {
        var pool = pools.Demand(call);
        var username = PoolDirectory.Text(call.Input, "Username");
        var password = pools.Verifier(pool, username, PoolDirectory.Text(call.Input, "Password"));
        var status = call.Input["Permanent"]?.GetValue<bool>() is true ? UserStatus.Confirmed : UserStatus.ForceChangePassword;
        await pools.ChangeAsync(pool, username, user => user with { Password = password, Status = status, Code = null });
        return [];
    }

    public async Task<JsonObject> ConfirmAsync(JsonCall call)
    {
        var pool = pools.Demand(call);
        await pools.ChangeAsync(
            pool,
            PoolDirectory.Text(call.Input, "Username"),
            user =>
                user.Status == UserStatus.Unconfirmed
                    ? user with
                    {
                        Status = UserStatus.Confirmed,
                        Code = null,
                    }
                    : throw CognitoErrors.NotAuthorized($"User cannot be confirmed. Current status is {user.Status.Text()}")
        );
        return [];
    }

    public Task<JsonObject> GetAsync(JsonCall call)
    {
        var pool = pools.Demand(call);
        var user = pools.User(pool, call.Input);
        return Task.FromResult(SoftwareTokenOperations.DescribeTo(Describe(user, "UserAttributes"), user));
    }

    public Task<JsonObject> DisableAsync(JsonCall call) => SetEnabledAsync(call, enabled: false);

    public Task<JsonObject> EnableAsync(JsonCall call) => SetEnabledAsync(call, enabled: true);

    public Task<JsonObject> ListAsync(JsonCall call)
    {
        var pool = pools.Demand(call);
        var users = host.Store.Read(session => UserTable.List(session, pool));
        return Task.FromResult(PoolDirectory.Users.Page(call.Input, "Users", users, user => Describe(user, "Attributes")));
    }

    private async Task<JsonObject> SetEnabledAsync(JsonCall call, bool enabled)
    {
        var pool = pools.Demand(call);
        await pools.ChangeAsync(pool, PoolDirectory.Text(call.Input, "Username"), user => user with { Enabled = enabled });
        return [];
    }

    private static JsonObject Describe(User user, string attributesName) =>
        new()
        {
            ["Username"] = user.Username,
            [attributesName] = UserOperations.Attributes(user),
            ["UserCreateDate"] = user.CreatedAt.ToUnixTimeMilliseconds() / 1000.0,
            ["UserLastModifiedDate"] = user.ModifiedAt.ToUnixTimeMilliseconds() / 1000.0,
            ["Enabled"] = user.Enabled,
            ["UserStatus"] = user.Status.Text(),
        };
}
