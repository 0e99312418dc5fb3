using System.Text.Json.Nodes;
using FairShare.Local.Cognito.Model;
using FairShare.Local.Cognito.Storage;
using FairShare.Local.Cognito.Tokens;
using FairShare.Local.Gateway;
using FairShare.Local.Hosting;

namespace FairShare.Local.Cognito.Operations;

/// <summary>InitiateAuth, AdminInitiateAuth, RespondToAuthChallenge, RevokeToken.</summary>
internal sealed class SignInOperations(HostContext host, PoolDirectory pools, TokenIssuer issuer)
{
    private const string NewPassword = "NEW_PASSWORD_REQUIRED";

    public Task<JsonObject> InitiateAsync(JsonCall call)
    {
        var (pool, client) = pools.Client(call.Input);
        var parameters = call.Input["AuthParameters"] as JsonObject ?? [];
        var flow = PoolDirectory.Text(call.Input, "AuthFlow");
        return flow switch
        {
            "USER_PASSWORD_AUTH" => WithPasswordAsync(pool, Allowing(client, "ALLOW_USER_PASSWORD_AUTH", flow), parameters),
            "REFRESH_TOKEN_AUTH" or "REFRESH_TOKEN" => Task.FromResult(Refresh(pool, client, parameters)),
            _ => throw CognitoErrors.Invalid($"{flow} flow not enabled for this client"),
        };
    }

    public Task<JsonObject> AdminInitiateAsync(JsonCall call)
    {
        var pool = pools.Demand(call, "AdminInitiateAuth");
        var (owner, client) = pools.Client(call.Input);
        if (owner.Id != pool.Id)
        {
            throw CognitoErrors.NoSuchClient(client.Id);
        }

        var parameters = call.Input["AuthParameters"] as JsonObject ?? [];
        var flow = PoolDirectory.Text(call.Input, "AuthFlow");
        return flow switch
        {
            "ADMIN_USER_PASSWORD_AUTH" => WithPasswordAsync(pool, Allowing(client, "ALLOW_ADMIN_USER_PASSWORD_AUTH", flow), parameters),
            _ => InitiateAsync(call),
        };
    }

    /// <summary>Answers NEW_PASSWORD_REQUIRED; the session is the proof that the temporary password was right.</summary>
    public async Task<JsonObject> RespondAsync(JsonCall call)
    {
        var (pool, client) = pools.Client(call.Input);
        var responses = call.Input["ChallengeResponses"] as JsonObject ?? [];
        if (PoolDirectory.Text(call.Input, "ChallengeName") != NewPassword)
        {
            throw CognitoErrors.Invalid("The challenge is not known.");
        }

        var session = PoolDirectory.Text(call.Input, "Session");
        var password = pools.Hash(pool, PoolDirectory.Text(responses, "NEW_PASSWORD"));
        var username = PoolDirectory.Username(responses, "USERNAME");
        if (client.HidesUserExistence && pools.FindUser(pool, username) is null)
        {
            throw CognitoErrors.NotAuthorized("Invalid session for the user.");
        }

        var user = await pools.ChangeAsync(pool, username, user =>
            user.Status == UserStatus.ForceChangePassword && user.Code?.Value == session && user.Code.ExpiresAt > host.Time.GetUtcNow()
                ? user with { Password = password, Status = UserStatus.Confirmed, Code = null }
                : throw CognitoErrors.NotAuthorized("Invalid session for the user."));
        return Result(await issuer.SignInAsync(pool, client, user));
    }

    public async Task<JsonObject> RevokeAsync(JsonCall call)
    {
        pools.Client(call.Input);
        var hash = TokenIssuer.HashOf(PoolDirectory.Text(call.Input, "Token"));
        await host.Store.WriteAsync(session => UserTable.Revoke(session, hash));
        return [];
    }

    private async Task<JsonObject> WithPasswordAsync(UserPool pool, UserPoolClient client, JsonObject parameters)
    {
        var (username, password) = (PoolDirectory.Username(parameters, "USERNAME"), PoolDirectory.Text(parameters, "PASSWORD"));
        var found = pools.FindUser(pool, username);
        if (found is null && !client.HidesUserExistence)
        {
            throw CognitoErrors.UserNotFound();
        }

        await DemandPasswordAsync(pool, username, found?.Password, password);
        // No password is that of a user who does not exist.
        var user = found!;
        if (!user.Enabled)
        {
            throw CognitoErrors.NotAuthorized("User is disabled.");
        }

        return user.Status switch
        {
            UserStatus.Unconfirmed => throw new AwsException("UserNotConfirmedException", "User is not confirmed."),
            UserStatus.ForceChangePassword => await ChallengeAsync(pool, user),
            _ => Result(await issuer.SignInAsync(pool, client, user)),
        };
    }

    /// <summary>Does the same work for a name without a user, and locks it alike.</summary>
    private async Task DemandPasswordAsync(UserPool pool, string username, PasswordHash? expected, string password)
    {
        var now = host.Time.GetUtcNow();
        var attempts = host.Store.Read(session => AttemptTable.Read(session, pool, username, AttemptTable.Passwords, now));
        if (attempts.LockedUntil > now)
        {
            throw CognitoErrors.NotAuthorized("Password attempts exceeded");
        }

        if (!(expected ?? PasswordHash.OfNobody).Matches(password))
        {
            await host.Store.WriteAsync(session => AttemptTable.Count(session, pool, username, AttemptTable.Passwords, now));
            throw WrongPassword();
        }

        if (attempts.Count > 0)
        {
            await host.Store.WriteAsync(session => AttemptTable.Clear(session, pool, username, AttemptTable.Passwords));
        }
    }

    private async Task<JsonObject> ChallengeAsync(UserPool pool, User user)
    {
        var proof = new OpenCode(host.Random.Base64(48), host.Time.GetUtcNow().AddMinutes(3));
        await pools.ChangeAsync(pool, user.Username, known => known with { Code = proof });
        return new JsonObject
        {
            ["ChallengeName"] = NewPassword,
            ["Session"] = proof.Value,
            ["ChallengeParameters"] = new JsonObject { ["USER_ID_FOR_SRP"] = user.Username, ["requiredAttributes"] = "[]", ["userAttributes"] = "{}" },
        };
    }

    private JsonObject Refresh(UserPool pool, UserPoolClient client, JsonObject parameters)
    {
        var hash = TokenIssuer.HashOf(PoolDirectory.Text(parameters, "REFRESH_TOKEN"));
        var (signIn, user) = host.Store.Read(session => UserTable.FindByRefreshToken(session, hash) is { } found
            ? (found, UserTable.Find(session, pool, found.Username))
            : (null, null));
        if (signIn is null || user is null || signIn.ClientId != client.Id)
        {
            throw CognitoErrors.NotAuthorized("Invalid Refresh Token");
        }

        return signIn.ExpiresAt > host.Time.GetUtcNow() && user.Enabled
            ? Result(issuer.Issue(pool, client, user, signIn))
            : throw CognitoErrors.NotAuthorized("Refresh Token has expired");
    }

    private static UserPoolClient Allowing(UserPoolClient client, string flow, string name) =>
        client.Flows.Contains(flow) ? client : throw CognitoErrors.Invalid($"{name} flow not enabled for this client");

    private static JsonObject Result(JsonObject tokens) => new() { ["AuthenticationResult"] = tokens, ["ChallengeParameters"] = new JsonObject() };

    private static AwsException WrongPassword() => CognitoErrors.NotAuthorized("Incorrect username or password.");
}
