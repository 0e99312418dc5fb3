using System.Text.Json;
using System.Text.Json.Nodes;
using FairShare.Contracts.Parties;
using FairShare.Core.Encoding;
using FairShare.Core.Identifiers;

namespace FairShare.Client.Parties;

/// <summary>
/// The unsigned calls of a Cognito user pool (Amazon Cognito user pools API reference), as plain JSON.
/// Each throws <see cref="IdentityProblem"/> for a refusal and <see cref="HttpRequestException"/> when the pool cannot be reached.
/// </summary>
public sealed class CognitoClient(HttpClient http, IdentityDescription identity, TimeProvider time, IRandomness randomness)
{
    private const string PasswordVerifier = "PASSWORD_VERIFIER";
    private const string SoftwareToken = "SOFTWARE_TOKEN_MFA";

    // Renewed a little early, so that a token does not expire on its way.
    private static readonly TimeSpan Margin = TimeSpan.FromSeconds(60);

    private readonly CognitoConnection connection = new(http, identity);

    /// <summary>Signs up by e-mail address and password; the pool mails a code.</summary>
    /// <returns>The party's id.</returns>
    public async Task<PartyId> SignUpAsync(string email, string password, CancellationToken cancellationToken)
    {
        var answer = await connection
            .CallAsClientAsync(
                "SignUp",
                new JsonObject
                {
                    ["Username"] = email,
                    ["Password"] = password,
                    ["UserAttributes"] = new JsonArray(new JsonObject { ["Name"] = "email", ["Value"] = email }),
                },
                cancellationToken
            )
            .ConfigureAwait(false);
        return PartyId.Parse(CognitoConnection.Text(answer, "UserSub"));
    }

    /// <summary>Confirms a sign-up with the mailed code.</summary>
    public Task ConfirmAsync(string email, string code, CancellationToken cancellationToken) =>
        connection.CallAsClientAsync(
            "ConfirmSignUp",
            new JsonObject { ["Username"] = email, ["ConfirmationCode"] = code },
            cancellationToken
        );

    /// <summary>Has the code of a sign-up mailed again.</summary>
    public Task ResendAsync(string email, CancellationToken cancellationToken) =>
        connection.CallAsClientAsync("ResendConfirmationCode", new JsonObject { ["Username"] = email }, cancellationToken);

    /// <summary>Has a code mailed with which a new password can be set.</summary>
    public Task ForgotPasswordAsync(string email, CancellationToken cancellationToken) =>
        connection.CallAsClientAsync("ForgotPassword", new JsonObject { ["Username"] = email }, cancellationToken);

    /// <summary>Sets a new password with the mailed code.</summary>
    public Task ConfirmForgotPasswordAsync(string email, string code, string password, CancellationToken cancellationToken) =>
        connection.CallAsClientAsync(
            "ConfirmForgotPassword",
            new JsonObject
            {
                ["Username"] = email,
                ["ConfirmationCode"] = code,
                ["Password"] = password,
            },
            cancellationToken
        );

    /// <summary>Changes the password of who is logged in.</summary>
    public Task ChangePasswordAsync(string accessToken, string old, string wanted, CancellationToken cancellationToken) =>
        connection.CallAsync(
            "ChangePassword",
            new JsonObject
            {
                ["AccessToken"] = accessToken,
                ["PreviousPassword"] = old,
                ["ProposedPassword"] = wanted,
            },
            cancellationToken
        );

    /// <summary>Ends a session: its refresh token yields no access token any more.</summary>
    public Task RevokeAsync(string refreshToken, CancellationToken cancellationToken) =>
        connection.CallAsClientAsync("RevokeToken", new JsonObject { ["Token"] = refreshToken }, cancellationToken);

    /// <summary>Logs in a user who has no authenticator.</summary>
    public Task<LoginSession> LogInAsync(string email, string password, CancellationToken cancellationToken) =>
        LogInAsync(email, password, code: null, cancellationToken);

    /// <summary>Logs in (<c>USER_SRP_AUTH</c>): the password is proved, not sent; then, if asked for, by an authenticator's code.</summary>
    /// <param name="email">The address that was signed up.</param>
    /// <param name="password">The account's password.</param>
    /// <param name="code">Yields the code, asked for only if the pool does; null if there can be none.</param>
    /// <param name="cancellationToken">Ends the login.</param>
    public async Task<LoginSession> LogInAsync(
        string email,
        string password,
        Func<CancellationToken, ValueTask<string>>? code,
        CancellationToken cancellationToken
    )
    {
        var sent = time.GetUtcNow();
        var answer = await ProvePasswordAsync(email, password, cancellationToken).ConfigureAwait(false);
        if (answer["ChallengeName"]?.ToString() == SoftwareToken && code is not null)
        {
            var responses = new JsonObject
            {
                ["USERNAME"] = answer["ChallengeParameters"]?["USER_ID_FOR_SRP"]?.ToString() ?? email,
                ["SOFTWARE_TOKEN_MFA_CODE"] = await code(cancellationToken).ConfigureAwait(false),
            };
            sent = time.GetUtcNow();
            answer = await RespondAsync(SoftwareToken, responses, CognitoConnection.Text(answer, "Session"), cancellationToken)
                .ConfigureAwait(false);
        }

        return SessionOf(answer, sent, refreshToken: null);
    }

    /// <summary>Takes a new access token (<c>REFRESH_TOKEN_AUTH</c>).</summary>
    public async Task<LoginSession> RefreshAsync(string refreshToken, CancellationToken cancellationToken)
    {
        var sent = time.GetUtcNow();
        var parameters = new JsonObject { ["REFRESH_TOKEN"] = refreshToken };
        var answer = await InitiateAsync("REFRESH_TOKEN_AUTH", parameters, cancellationToken).ConfigureAwait(false);
        return SessionOf(answer, sent, refreshToken);
    }

    /// <summary>Whether logins ask for an authenticator's code.</summary>
    public async Task<bool> HasAuthenticatorAsync(string accessToken, CancellationToken cancellationToken)
    {
        var input = new JsonObject { ["AccessToken"] = accessToken };
        var user = await connection.CallAsync("GetUser", input, cancellationToken).ConfigureAwait(false);
        return user["UserMFASettingList"] is JsonArray factors && factors.Any(factor => factor?.ToString() == SoftwareToken);
    }

    /// <summary>Asks for an authenticator's secret; the user has one only once a first code of it was verified.</summary>
    /// <returns>The secret in base32.</returns>
    public async Task<string> AssociateAuthenticatorAsync(string accessToken, CancellationToken cancellationToken)
    {
        var input = new JsonObject { ["AccessToken"] = accessToken };
        return CognitoConnection.Text(
            await connection.CallAsync("AssociateSoftwareToken", input, cancellationToken).ConfigureAwait(false),
            "SecretCode"
        );
    }

    /// <summary>Verifies a first code of the secret that was asked for last; from then on every login asks for a code.</summary>
    public async Task EnableAuthenticatorAsync(string accessToken, string code, CancellationToken cancellationToken)
    {
        var input = new JsonObject { ["AccessToken"] = accessToken, ["UserCode"] = code };
        await connection.CallAsync("VerifySoftwareToken", input, cancellationToken).ConfigureAwait(false);
        await PreferAuthenticatorAsync(accessToken, enabled: true, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Has logins ask for no code any more.</summary>
    public Task DisableAuthenticatorAsync(string accessToken, CancellationToken cancellationToken) =>
        PreferAuthenticatorAsync(accessToken, enabled: false, cancellationToken);

    /// <summary>The party that a token names (<c>sub</c>); read, not verified: the service does that.</summary>
    /// <exception cref="FormatException">The token is no JWT with a <c>sub</c>.</exception>
    public static PartyId PartyOf(string accessToken) =>
        FindPartyOf(accessToken) ?? throw new FormatException("The access token names no party.");

    /// <summary>The same; null where the text is no such token.</summary>
    public static PartyId? FindPartyOf(string accessToken)
    {
        ArgumentNullException.ThrowIfNull(accessToken);
        var parts = accessToken.Split('.');
        try
        {
            return
                parts.Length == 3
                && Base64UrlText.TryDecode(parts[1], out var claims)
                && JsonNode.Parse(claims) is JsonObject members
                && PartyId.TryParse(members["sub"]?.ToString(), out var party)
                ? party
                : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private async Task<JsonObject> ProvePasswordAsync(string email, string password, CancellationToken cancellationToken)
    {
        var login = new SrpLogin(identity.UserPoolId, randomness);
        var parameters = new JsonObject { ["USERNAME"] = email, ["SRP_A"] = login.PublicValue };
        var answer = await InitiateAsync("USER_SRP_AUTH", parameters, cancellationToken).ConfigureAwait(false);
        if (answer["ChallengeName"]?.ToString() != PasswordVerifier || answer["ChallengeParameters"] is not JsonObject asked)
        {
            return answer;
        }

        var challenge = new SrpChallenge(
            CognitoConnection.Text(asked, "USER_ID_FOR_SRP"),
            CognitoConnection.Text(asked, "SALT"),
            CognitoConnection.Text(asked, "SRP_B"),
            CognitoConnection.Text(asked, "SECRET_BLOCK")
        );
        var timestamp = SrpLogin.Timestamp(time.GetUtcNow());
        var responses = new JsonObject
        {
            ["USERNAME"] = challenge.UserId,
            ["PASSWORD_CLAIM_SECRET_BLOCK"] = challenge.SecretBlock,
            ["PASSWORD_CLAIM_SIGNATURE"] = Claim(login, challenge, password, timestamp),
            ["TIMESTAMP"] = timestamp,
        };
        return await RespondAsync(PasswordVerifier, responses, answer["Session"]?.ToString(), cancellationToken).ConfigureAwait(false);
    }

    private static string Claim(SrpLogin login, SrpChallenge challenge, string password, string timestamp)
    {
        try
        {
            return login.Claim(challenge, password, timestamp);
        }
        catch (FormatException malformed)
        {
            throw new IdentityProblem("UnexpectedAnswer", $"The user pool's challenge is not usable: {malformed.Message}");
        }
    }

    private static LoginSession SessionOf(JsonObject answer, DateTimeOffset sent, string? refreshToken)
    {
        if (answer["AuthenticationResult"] is not JsonObject result)
        {
            throw new IdentityProblem(
                answer["ChallengeName"]?.ToString() ?? "UnexpectedAnswer",
                "The user pool asks for a step that this client does not know."
            );
        }

        var lifetime = TimeSpan.FromSeconds(result["ExpiresIn"]?.GetValue<int>() ?? 0);
        return new LoginSession(
            CognitoConnection.Text(result, "AccessToken"),
            sent + lifetime - Margin,
            result["RefreshToken"]?.ToString() ?? refreshToken ?? CognitoConnection.Text(result, "RefreshToken")
        );
    }

    private Task<JsonObject> PreferAuthenticatorAsync(string accessToken, bool enabled, CancellationToken cancellationToken) =>
        connection.CallAsync(
            "SetUserMFAPreference",
            new JsonObject
            {
                ["AccessToken"] = accessToken,
                ["SoftwareTokenMfaSettings"] = new JsonObject { ["Enabled"] = enabled, ["PreferredMfa"] = enabled },
            },
            cancellationToken
        );

    private Task<JsonObject> InitiateAsync(string flow, JsonObject parameters, CancellationToken cancellationToken) =>
        connection.CallAsClientAsync(
            "InitiateAuth",
            new JsonObject { ["AuthFlow"] = flow, ["AuthParameters"] = parameters },
            cancellationToken
        );

    private Task<JsonObject> RespondAsync(string challenge, JsonObject responses, string? session, CancellationToken cancellationToken)
    {
        var input = new JsonObject { ["ChallengeName"] = challenge, ["ChallengeResponses"] = responses };
        if (session is not null)
        {
            input["Session"] = session;
        }

        return connection.CallAsClientAsync("RespondToAuthChallenge", input, cancellationToken);
    }
}
