using System.Globalization;
using System.Security.Cryptography;
using System.Text.Json.Nodes;
using TemplateHost.Cognito.Model;
using TemplateHost.Cognito.Storage;
using TemplateHost.Kernel;

namespace TemplateHost.Cognito.Operations;

/// <summary>
/// The flow USER_SRP_AUTH: InitiateAuth answers the challenge PASSWORD_VERIFIER, RespondToAuthChallenge judges the claim to the password.
/// A challenge takes one answer, right or wrong. Names are answered as they are compared, so that they do not tell how a user wrote his.
/// </summary>
internal sealed class SrpOperations(HostContext host, PoolDirectory pools, PasswordAttempts attempts, SignInSteps steps)
{
    public const string PasswordVerifierChallenge = "PASSWORD_VERIFIER";

    private const int SecretLength = 32;
    private const int SecretBlockLength = 64;

    private static readonly TimeSpan ClockSkew = TimeSpan.FromMinutes(5);
    private static readonly HashSet<string> Parameters = ["USERNAME", "SRP_A"];
    private static readonly HashSet<string> Responses =
    [
        "USERNAME",
        "PASSWORD_CLAIM_SECRET_BLOCK",
        "PASSWORD_CLAIM_SIGNATURE",
        "TIMESTAMP",
    ];

    public async Task<JsonObject> ChallengeAsync(UserPool pool, UserPoolClient client, JsonObject parameters)
    {
        PoolDirectory.RefuseOthers(parameters, Parameters);
        var username = pool.Normal(PoolDirectory.Username(parameters, "USERNAME"));
        var clientValue =
            Srp.ClientValue(PoolDirectory.Text(parameters, "SRP_A")) ?? throw CognitoErrors.Invalid("SRP_A is no number of the group.");
        var found = pools.FindUser(pool, username);
        if (found is null && !client.HidesUserExistence)
        {
            throw CognitoErrors.UserNotFound();
        }

        var verifier = VerifierOf(pool, username, found);
        var (secret, block, now) = (Octets(SecretLength), host.Random.Base64(SecretBlockLength), host.Time.GetUtcNow());
        var challenge = new OpenChallenge(PasswordVerifierChallenge, client.Id, username, verifier.Salt, now + OpenChallenge.Lifetime)
        {
            Srp = new SrpExchange(Srp.Hex(clientValue), Convert.ToHexStringLower(secret)),
        };
        await host.Store.WriteAsync(session =>
        {
            ChallengeTable.Put(session, pool, block, challenge, now);
            return true;
        });
        return Describe(username, verifier, Srp.Hex(Srp.PublicValue(verifier.Number, Srp.Number(secret))), block);
    }

    /// <summary>Answers PASSWORD_VERIFIER.</summary>
    public async Task<JsonObject> RespondAsync(UserPool pool, UserPoolClient client, JsonObject responses)
    {
        PoolDirectory.RefuseOthers(responses, Responses);
        var username = pool.Normal(PoolDirectory.Username(responses, "USERNAME"));
        var (block, timestamp) = (PoolDirectory.Text(responses, "PASSWORD_CLAIM_SECRET_BLOCK"), PoolDirectory.Text(responses, "TIMESTAMP"));
        var claim = Base64(PoolDirectory.Text(responses, "PASSWORD_CLAIM_SIGNATURE"));
        DemandTimely(timestamp);
        var (challenge, user) = await host.Store.WriteAsync<(OpenChallenge?, User?)>(session =>
        {
            var open = ChallengeTable.Find(session, pool, client, block, PasswordVerifierChallenge, username, host.Time.GetUtcNow());
            return open is not null && ChallengeTable.Delete(session, block)
                ? (open, UserTable.Find(session, pool, username))
                : (null, null);
        });
        var verifier = VerifierOf(pool, username, user);
        if (challenge?.Srp is not { } exchange || challenge.Salt != verifier.Salt)
        {
            throw CognitoErrors.WrongPassword();
        }

        await attempts.DemandAsync(
            pool,
            username,
            () =>
                CryptographicOperations.FixedTimeEquals(claim, Expected(pool, username, verifier, exchange, block, timestamp))
                && user is not null
        );
        return await steps.GoOnAsync(pool, client, user!);
    }

    private static PasswordVerifier VerifierOf(UserPool pool, string username, User? user) =>
        user?.Password ?? PasswordVerifier.OfNobody(pool, username);

    private static byte[] Expected(
        UserPool pool,
        string username,
        PasswordVerifier verifier,
        SrpExchange exchange,
        string block,
        string timestamp
    )
    {
        var secret = Srp.Number(exchange.Secret);
        var key = Srp.Key(Srp.Number(exchange.ClientValue), Srp.PublicValue(verifier.Number, secret), verifier.Number, secret);
        return Srp.Signature(key, pool.ShortName, username, Convert.FromBase64String(block), timestamp);
    }

    private static JsonObject Describe(string username, PasswordVerifier verifier, string publicValue, string block) =>
        new()
        {
            ["ChallengeName"] = PasswordVerifierChallenge,
            ["ChallengeParameters"] = new JsonObject
            {
                ["USERNAME"] = username,
                ["USER_ID_FOR_SRP"] = username,
                ["SALT"] = verifier.Salt,
                ["SRP_B"] = publicValue,
                ["SECRET_BLOCK"] = block,
            },
        };

    private void DemandTimely(string timestamp)
    {
        if (
            !DateTimeOffset.TryParseExact(
                timestamp,
                "ddd MMM d HH:mm:ss 'UTC' yyyy",
                CultureInfo.InvariantCulture,
                DateTimeStyles.AssumeUniversal,
                out var time
            )
        )
        {
            throw CognitoErrors.Invalid("TIMESTAMP format should be EEE MMM d HH:mm:ss z yyyy in english.");
        }

        if ((time - host.Time.GetUtcNow()).Duration() > ClockSkew)
        {
            throw CognitoErrors.NotAuthorized("The TIMESTAMP is not of now.");
        }
    }

    private static byte[] Base64(string text)
    {
        var octets = new byte[text.Length];
        return Convert.TryFromBase64String(text, octets, out var written)
            ? octets[..written]
            : throw CognitoErrors.Invalid("PASSWORD_CLAIM_SIGNATURE is not base64.");
    }

    private byte[] Octets(int count)
    {
        var octets = new byte[count];
        host.Random.Fill(octets);
        return octets;
    }
}
