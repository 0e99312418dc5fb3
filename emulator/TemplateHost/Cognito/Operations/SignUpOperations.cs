using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using TemplateHost.Cognito.Model;
using TemplateHost.Cognito.Storage;
using TemplateHost.Gateway;
using TemplateHost.Kernel;

namespace TemplateHost.Cognito.Operations;

/// <summary>SignUp, ConfirmSignUp, ResendConfirmationCode, ForgotPassword, ConfirmForgotPassword.</summary>
internal sealed partial class SignUpOperations(HostContext host, PoolDirectory pools, MailedCodes codes)
{
    public async Task<JsonObject> SignUpAsync(JsonCall call)
    {
        var (pool, client) = pools.Client(call.Input);
        if (!pool.SelfSignUp)
        {
            throw CognitoErrors.NotAuthorized("SignUp is not permitted for this user pool");
        }

        var username = PoolDirectory.Username(call.Input);
        var attributes = AttributesOf(call.Input["UserAttributes"] as JsonArray);
        CheckAttributes(pool, client, attributes);
        var code = pool.VerifiesEmail ? codes.New() : null;
        var password = pools.Verifier(pool, username, PoolDirectory.Text(call.Input, "Password"));
        var user = new User(username, host.Random.Uuid(), UserStatus.Unconfirmed, password, attributes, host.Time.GetUtcNow())
        {
            Code = code,
        };
        await host.Store.WriteAsync(session =>
        {
            if (UserTable.Find(session, pool, username) is not null)
            {
                throw new AwsException("UsernameExistsException", "User already exists");
            }

            UserTable.Put(session, pool, user);
            return true;
        });
        var answer = new JsonObject { ["UserConfirmed"] = false, ["UserSub"] = user.Sub };
        if (code is not null)
        {
            answer["CodeDeliveryDetails"] = codes.Mail(pool, user);
        }

        return answer;
    }

    public async Task<JsonObject> ConfirmAsync(JsonCall call)
    {
        var (pool, client) = pools.Client(call.Input);
        await codes.RedeemAsync(
            pool,
            client,
            PoolDirectory.Username(call.Input),
            AttemptTable.Confirmations,
            PoolDirectory.Text(call.Input, "ConfirmationCode"),
            user =>
                user.Status == UserStatus.Unconfirmed
                    ? null
                    : CognitoErrors.NotAuthorized($"User cannot be confirmed. Current status is {user.Status.Text()}"),
            user =>
                user with
                {
                    Status = UserStatus.Confirmed,
                    Attributes = new Dictionary<string, string>(user.Attributes) { ["email_verified"] = "true" },
                }
        );
        return [];
    }

    public Task<JsonObject> ResendAsync(JsonCall call) => SendCodeAsync(call, UserStatus.Unconfirmed, "User is already confirmed.");

    public Task<JsonObject> ForgotPasswordAsync(JsonCall call) =>
        SendCodeAsync(
            call,
            UserStatus.Confirmed,
            "Cannot reset password for the user as there is no registered/verified email or phone_number"
        );

    public async Task<JsonObject> ConfirmForgotPasswordAsync(JsonCall call)
    {
        var (pool, client) = pools.Client(call.Input);
        var username = PoolDirectory.Username(call.Input);
        var password = pools.Verifier(pool, username, PoolDirectory.Text(call.Input, "Password"));
        await codes.RedeemAsync(
            pool,
            client,
            username,
            AttemptTable.Resets,
            PoolDirectory.Text(call.Input, "ConfirmationCode"),
            user => user.Enabled && user.Status == UserStatus.Confirmed ? null : CognitoErrors.ExpiredCode(),
            user => user with { Password = password }
        );
        await host.Store.WriteAsync(session => AttemptTable.Clear(session, pool, username, AttemptTable.Passwords));
        return [];
    }

    private async Task<JsonObject> SendCodeAsync(JsonCall call, UserStatus status, string otherwise)
    {
        var (pool, client) = pools.Client(call.Input);
        var username = PoolDirectory.Username(call.Input);
        var sent = await codes.SendAsync(pool, client, username, user => user.Enabled && user.Status == status, otherwise);
        return new JsonObject { ["CodeDeliveryDetails"] = sent };
    }

    /// <exception cref="AwsException">InvalidParameterException: an attribute without a name, or one that stands twice.</exception>
    public static Dictionary<string, string> AttributesOf(JsonArray? attributes)
    {
        var read = new Dictionary<string, string>();
        foreach (var attribute in attributes ?? [])
        {
            var name = attribute?["Name"]?.GetValue<string>() ?? throw CognitoErrors.Invalid("An attribute has no name.");
            if (!read.TryAdd(name, attribute["Value"]?.GetValue<string>() ?? ""))
            {
                throw CognitoErrors.Invalid($"Attribute {name} stands twice.");
            }
        }

        return read;
    }

    /// <param name="client">Through which a user signs up; null for an administrator.</param>
    public static void CheckAttributes(UserPool pool, UserPoolClient? client, IReadOnlyDictionary<string, string> attributes)
    {
        UserAttributes.DemandWritable(pool, client, attributes);
        if (pool.RequiredAttributes.FirstOrDefault(name => !attributes.ContainsKey(name)) is { } missing)
        {
            throw CognitoErrors.Invalid($"Attributes did not conform to the schema: {missing}: The attribute is required\n");
        }

        if (attributes.TryGetValue("email", out var email) && !Addresses().IsMatch(email))
        {
            throw CognitoErrors.Invalid("Invalid email address format.");
        }
    }

    [GeneratedRegex("^[^@\\s]+@[^@\\s]+$")]
    private static partial Regex Addresses();
}
