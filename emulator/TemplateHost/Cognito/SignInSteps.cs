using System.Text.Json.Nodes;
using TemplateHost.Cognito.Model;
using TemplateHost.Cognito.Storage;
using TemplateHost.Cognito.Tokens;
using TemplateHost.Kernel;

namespace TemplateHost.Cognito;

/// <summary>What comes after a right password, however it was shown: a new password, a code, or tokens.</summary>
internal sealed class SignInSteps(HostContext host, PoolDirectory pools, TokenIssuer issuer)
{
    public const string NewPassword = "NEW_PASSWORD_REQUIRED";
    public const string SoftwareToken = "SOFTWARE_TOKEN_MFA";

    // Public clients send the code under the other factor's name as well, which means nothing where this one is asked for.
    private static readonly HashSet<string> CodeResponses = ["USERNAME", "SOFTWARE_TOKEN_MFA_CODE", "SMS_MFA_CODE"];

    public async Task<JsonObject> GoOnAsync(UserPool pool, UserPoolClient client, User user)
    {
        if (!user.Enabled)
        {
            throw CognitoErrors.NotAuthorized("User is disabled.");
        }

        return user.Status switch
        {
            UserStatus.Unconfirmed => throw new AwsException("UserNotConfirmedException", "User is not confirmed."),
            UserStatus.ForceChangePassword => await AskPasswordAsync(pool, user),
            _ when pool.SoftwareTokens && user.Mfa.Enabled => await AskCodeAsync(pool, client, user),
            _ => Result(await issuer.SignInAsync(pool, client, user)),
        };
    }

    /// <summary>Answers NEW_PASSWORD_REQUIRED; the session is the proof that the temporary password was right.</summary>
    public async Task<JsonObject> TakePasswordAsync(UserPool pool, UserPoolClient client, string session, JsonObject responses)
    {
        var username = PoolDirectory.Username(responses, "USERNAME");
        var password = pools.Verifier(pool, username, PoolDirectory.Text(responses, "NEW_PASSWORD"));
        if (client.HidesUserExistence && pools.FindUser(pool, username) is null)
        {
            throw CognitoErrors.InvalidSession();
        }

        var user = await pools.ChangeAsync(
            pool,
            username,
            user =>
                user.Status == UserStatus.ForceChangePassword && user.Code?.Value == session && user.Code.ExpiresAt > host.Time.GetUtcNow()
                    ? user with
                    {
                        Password = password,
                        Status = UserStatus.Confirmed,
                        Code = null,
                    }
                    : throw CognitoErrors.InvalidSession()
        );
        return await GoOnAsync(pool, client, user);
    }

    /// <summary>Answers SOFTWARE_TOKEN_MFA; the session is the proof that the password was right, and ends with a right code.</summary>
    public async Task<JsonObject> TakeCodeAsync(UserPool pool, UserPoolClient client, string secret, JsonObject responses)
    {
        PoolDirectory.RefuseOthers(responses, CodeResponses);
        var (username, code) = (PoolDirectory.Username(responses, "USERNAME"), PoolDirectory.Text(responses, "SOFTWARE_TOKEN_MFA_CODE"));
        var (user, refusal) = await host.Store.WriteAsync<(User?, AwsException?)>(session =>
        {
            var challenge = ChallengeTable.Find(session, pool, client, secret, SoftwareToken, username, host.Time.GetUtcNow());
            var known = UserTable.Find(session, pool, username);
            if (
                challenge is null
                || known is not { Enabled: true, Mfa: { Enabled: true, Verified: { } token } }
                || known.Password?.Salt != challenge.Salt
            )
            {
                return (null, CognitoErrors.InvalidSession());
            }

            var wrong = new AwsException("CodeMismatchException", "Invalid code received for user");
            var (taken, refused) = SoftwareCodes.Redeem(session, pool, known, token, code, wrong, host);
            if (taken is not null)
            {
                ChallengeTable.Delete(session, secret);
                UserTable.Put(session, pool, known with { Mfa = known.Mfa with { Verified = taken } });
            }

            return (known, refused);
        });
        return refusal is null ? Result(await issuer.SignInAsync(pool, client, user!)) : throw refusal;
    }

    public static JsonObject Result(JsonObject tokens) =>
        new() { ["AuthenticationResult"] = tokens, ["ChallengeParameters"] = new JsonObject() };

    private async Task<JsonObject> AskPasswordAsync(UserPool pool, User user)
    {
        var proof = new OpenCode(host.Random.Base64(48), host.Time.GetUtcNow() + OpenChallenge.Lifetime);
        await pools.ChangeAsync(pool, user.Username, known => known with { Code = proof });
        var parameters = new JsonObject
        {
            ["USER_ID_FOR_SRP"] = user.Username,
            ["requiredAttributes"] = "[]",
            ["userAttributes"] = "{}",
        };
        return Challenge(NewPassword, proof.Value, parameters);
    }

    private async Task<JsonObject> AskCodeAsync(UserPool pool, UserPoolClient client, User user)
    {
        var (secret, now) = (host.Random.Base64(48), host.Time.GetUtcNow());
        var name = pool.Normal(user.Username);
        var challenge = new OpenChallenge(SoftwareToken, client.Id, name, user.Password!.Salt, now + OpenChallenge.Lifetime);
        await host.Store.WriteAsync(session =>
        {
            ChallengeTable.Put(session, pool, secret, challenge, now);
            return true;
        });
        return Challenge(SoftwareToken, secret, new JsonObject { ["USER_ID_FOR_SRP"] = name });
    }

    private static JsonObject Challenge(string name, string session, JsonObject parameters) =>
        new()
        {
            ["ChallengeName"] = name,
            ["Session"] = session,
            ["ChallengeParameters"] = parameters,
        };
}
