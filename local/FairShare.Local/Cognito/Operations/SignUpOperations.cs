using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using FairShare.Local.Cognito.Model;
using FairShare.Local.Cognito.Storage;
using FairShare.Local.Gateway;
using FairShare.Local.Hosting;

namespace FairShare.Local.Cognito.Operations;

/// <summary>SignUp, ConfirmSignUp, ResendConfirmationCode, ForgotPassword, ConfirmForgotPassword.</summary>
internal sealed partial class SignUpOperations(HostContext host, PoolDirectory pools)
{
    public async Task<JsonObject> SignUpAsync(JsonCall call)
    {
        var (pool, _) = pools.Client(call.Input);
        if (!pool.SelfSignUp)
        {
            throw CognitoErrors.NotAuthorized("SignUp is not permitted for this user pool");
        }

        var username = PoolDirectory.Text(call.Input, "Username");
        var attributes = AttributesOf(call.Input["UserAttributes"] as JsonArray);
        CheckAttributes(pool, username, attributes);
        var code = pool.VerifiesEmail ? pools.NewCode() : null;
        var user = new User(username, host.Random.Uuid(), UserStatus.Unconfirmed, pools.Hash(pool, PoolDirectory.Text(call.Input, "Password")), attributes, host.Time.GetUtcNow())
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
            answer["CodeDeliveryDetails"] = pools.Mail(pool, user);
        }

        return answer;
    }

    public async Task<JsonObject> ConfirmAsync(JsonCall call)
    {
        var (pool, _) = pools.Client(call.Input);
        var code = PoolDirectory.Text(call.Input, "ConfirmationCode");
        await pools.ChangeAsync(pool, PoolDirectory.Text(call.Input, "Username"), user =>
        {
            if (user.Status != UserStatus.Unconfirmed)
            {
                throw CognitoErrors.NotAuthorized($"User cannot be confirmed. Current status is {user.Status.Text()}");
            }

            pools.CheckCode(user, code);
            var attributes = new Dictionary<string, string>(user.Attributes) { ["email_verified"] = "true" };
            return user with { Status = UserStatus.Confirmed, Code = null, Attributes = attributes };
        });
        return [];
    }

    public Task<JsonObject> ResendAsync(JsonCall call) => SendCodeAsync(call, UserStatus.Unconfirmed, "User is already confirmed.");

    public Task<JsonObject> ForgotPasswordAsync(JsonCall call) =>
        SendCodeAsync(call, UserStatus.Confirmed, "Cannot reset password for the user as there is no registered/verified email or phone_number");

    public async Task<JsonObject> ConfirmForgotPasswordAsync(JsonCall call)
    {
        var (pool, _) = pools.Client(call.Input);
        var password = pools.Hash(pool, PoolDirectory.Text(call.Input, "Password"));
        var code = PoolDirectory.Text(call.Input, "ConfirmationCode");
        await pools.ChangeAsync(pool, PoolDirectory.Text(call.Input, "Username"), user =>
        {
            pools.CheckCode(user, code);
            return user with { Password = password, Code = null };
        });
        return [];
    }

    private async Task<JsonObject> SendCodeAsync(JsonCall call, UserStatus status, string otherwise)
    {
        var (pool, _) = pools.Client(call.Input);
        var code = pools.NewCode();
        var user = await pools.ChangeAsync(pool, PoolDirectory.Text(call.Input, "Username"), user => user.Status == status
            ? user with { Code = code }
            : throw CognitoErrors.Invalid(otherwise));
        return new JsonObject { ["CodeDeliveryDetails"] = pools.Mail(pool, user) };
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

    public static void CheckAttributes(UserPool pool, string username, IReadOnlyDictionary<string, string> attributes)
    {
        if (username.Length > 128 || username.Any(char.IsWhiteSpace))
        {
            throw CognitoErrors.Invalid("1 validation error detected: Value at 'username' failed to satisfy constraint: Member must satisfy regular expression pattern: [\\p{L}\\p{M}\\p{S}\\p{N}\\p{P}]+");
        }

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
