using System.Text.Json.Nodes;
using TemplateHost.Cognito.Model;
using TemplateHost.Cognito.Storage;
using TemplateHost.Cognito.Tokens;
using TemplateHost.Gateway;
using TemplateHost.Kernel;

namespace TemplateHost.Cognito.Operations;

/// <summary>InitiateAuth, RespondToAuthChallenge, RevokeToken.</summary>
internal sealed class SignInOperations(
    HostContext host,
    PoolDirectory pools,
    TokenIssuer issuer,
    PasswordAttempts attempts,
    SignInSteps steps
)
{
    private readonly SrpOperations srp = new(host, pools, attempts, steps);

    public Task<JsonObject> InitiateAsync(JsonCall call)
    {
        var (pool, client) = pools.Client(call.Input);
        var parameters = call.Input["AuthParameters"] as JsonObject ?? [];
        var flow = PoolDirectory.Text(call.Input, "AuthFlow");
        return flow switch
        {
            "USER_PASSWORD_AUTH" => WithPasswordAsync(pool, Allowing(client, "ALLOW_USER_PASSWORD_AUTH", flow), parameters),
            "USER_SRP_AUTH" => srp.ChallengeAsync(pool, Allowing(client, "ALLOW_USER_SRP_AUTH", flow), parameters),
            "REFRESH_TOKEN_AUTH" or "REFRESH_TOKEN" => Task.FromResult(
                Refresh(pool, Allowing(client, "ALLOW_REFRESH_TOKEN_AUTH", flow), parameters)
            ),
            _ => throw CognitoErrors.Invalid($"{flow} flow not enabled for this client"),
        };
    }

    /// <summary>Answers the challenge that another call gave; the answer is tokens, or the next challenge.</summary>
    public Task<JsonObject> RespondAsync(JsonCall call)
    {
        var (pool, client) = pools.Client(call.Input);
        var responses = call.Input["ChallengeResponses"] as JsonObject ?? [];
        return PoolDirectory.Text(call.Input, "ChallengeName") switch
        {
            SrpOperations.PasswordVerifierChallenge => call.Input["Session"] is null
                ? srp.RespondAsync(pool, client, responses)
                : throw CognitoErrors.InvalidSession(),
            SignInSteps.NewPassword => steps.TakePasswordAsync(pool, client, PoolDirectory.Text(call.Input, "Session"), responses),
            SignInSteps.SoftwareToken => steps.TakeCodeAsync(pool, client, PoolDirectory.Text(call.Input, "Session"), responses),
            var name => throw CognitoErrors.Invalid($"The challenge {name} is not served by the embedded host."),
        };
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

        var expected = found?.Password ?? PasswordVerifier.OfNobody(pool, username);
        await attempts.DemandAsync(pool, username, () => expected.Matches(pool, username, password) && found is not null);
        return await steps.GoOnAsync(pool, client, found!);
    }

    private JsonObject Refresh(UserPool pool, UserPoolClient client, JsonObject parameters)
    {
        var hash = TokenIssuer.HashOf(PoolDirectory.Text(parameters, "REFRESH_TOKEN"));
        var (signIn, user) = host.Store.Read(session =>
            UserTable.FindByRefreshToken(session, hash) is { } found ? (found, UserTable.Find(session, pool, found.Username)) : (null, null)
        );
        if (signIn is null || user is null || signIn.ClientId != client.Id)
        {
            throw CognitoErrors.NotAuthorized("Invalid Refresh Token");
        }

        return signIn.ExpiresAt > host.Time.GetUtcNow() && user.Enabled
            ? SignInSteps.Result(issuer.Issue(pool, client, user, signIn))
            : throw CognitoErrors.NotAuthorized("Refresh Token has expired");
    }

    private static UserPoolClient Allowing(UserPoolClient client, string flow, string name) =>
        client.Allows(flow) ? client : throw CognitoErrors.Invalid($"{name} flow not enabled for this client");
}
