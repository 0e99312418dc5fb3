using System.Net.Http.Headers;
using System.Text.Json;
using System.Text.Json.Nodes;
using FairShare.Client.Http;
using FairShare.Protocol.Encoding;
using FairShare.Protocol.Identifiers;

namespace FairShare.Client.Identity;

/// <summary>
/// The unsigned calls of a Cognito user pool (Amazon Cognito user pools API reference: SignUp, ConfirmSignUp, InitiateAuth), as plain JSON.
/// Each throws <see cref="IdentityProblem"/> for a refusal and <see cref="HttpRequestException"/> when the pool cannot be reached.
/// </summary>
public sealed class CognitoClient(HttpClient http, IdentityDescription identity, TimeProvider time)
{
    // Renewed a little early, so that a token does not expire on its way.
    private static readonly TimeSpan Margin = TimeSpan.FromSeconds(60);

    /// <summary>Signs up by e-mail address and password; the pool mails a code.</summary>
    /// <returns>The party's id.</returns>
    public async Task<PartyId> SignUpAsync(string email, string password, CancellationToken cancellationToken)
    {
        var answer = await CallAsync("SignUp", new JsonObject
        {
            ["Username"] = email,
            ["Password"] = password,
            ["UserAttributes"] = new JsonArray(new JsonObject { ["Name"] = "email", ["Value"] = email }),
        }, cancellationToken).ConfigureAwait(false);
        return PartyId.Parse(Text(answer, "UserSub"));
    }

    /// <summary>Confirms a sign-up with the mailed code.</summary>
    public Task ConfirmAsync(string email, string code, CancellationToken cancellationToken) => CallAsync(
        "ConfirmSignUp", new JsonObject { ["Username"] = email, ["ConfirmationCode"] = code }, cancellationToken);

    /// <summary>Logs in (<c>USER_PASSWORD_AUTH</c>).</summary>
    public Task<LoginSession> LogInAsync(string email, string password, CancellationToken cancellationToken) => AuthenticateAsync(
        "USER_PASSWORD_AUTH", new JsonObject { ["USERNAME"] = email, ["PASSWORD"] = password }, null, cancellationToken);

    /// <summary>Takes a new access token (<c>REFRESH_TOKEN_AUTH</c>).</summary>
    public Task<LoginSession> RefreshAsync(string refreshToken, CancellationToken cancellationToken) => AuthenticateAsync(
        "REFRESH_TOKEN_AUTH", new JsonObject { ["REFRESH_TOKEN"] = refreshToken }, refreshToken, cancellationToken);

    /// <summary>The party that a token names (<c>sub</c>); read, not verified: the service does that.</summary>
    /// <exception cref="FormatException">The token is no JWT with a <c>sub</c>.</exception>
    public static PartyId PartyOf(string accessToken)
    {
        var parts = accessToken.Split('.');
        return parts.Length == 3
            && Base64UrlText.TryDecode(parts[1], out var claims)
            && JsonNode.Parse(claims)?["sub"]?.ToString() is { } subject
            && PartyId.TryParse(subject, out var party)
                ? party
                : throw new FormatException("The access token names no party.");
    }

    private async Task<LoginSession> AuthenticateAsync(
        string flow, JsonObject parameters, string? refreshToken, CancellationToken cancellationToken)
    {
        var sent = time.GetUtcNow();
        var answer = await CallAsync(
            "InitiateAuth", new JsonObject { ["AuthFlow"] = flow, ["AuthParameters"] = parameters }, cancellationToken).ConfigureAwait(false);
        if (answer["AuthenticationResult"] is not JsonObject result)
        {
            throw new IdentityProblem(answer["ChallengeName"]?.ToString() ?? "UnexpectedAnswer", "The user pool asks for a step that this client does not know.");
        }

        var lifetime = TimeSpan.FromSeconds(result["ExpiresIn"]?.GetValue<int>() ?? 0);
        return new LoginSession(
            Text(result, "AccessToken"), sent + lifetime - Margin, result["RefreshToken"]?.ToString() ?? refreshToken ?? Text(result, "RefreshToken"));
    }

    private async Task<JsonObject> CallAsync(string operation, JsonObject input, CancellationToken cancellationToken)
    {
        input["ClientId"] = identity.ClientId;
        using var request = new HttpRequestMessage(HttpMethod.Post, identity.Endpoint);
        request.Headers.Add("X-Amz-Target", $"AWSCognitoIdentityProviderService.{operation}");
        request.Content = new StringContent(input.ToJsonString());
        request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/x-amz-json-1.1");
        using var response = await http.SendAsync(request, cancellationToken).ConfigureAwait(false);
        var text = await response.Content.ReadAsStringAsync(cancellationToken).ConfigureAwait(false);
        var answer = ParseObject(text);
        return response.IsSuccessStatusCode && answer is not null
            ? answer
            : throw new IdentityProblem(
                answer?["__type"]?.ToString().Split('#')[^1] ?? $"http-{(int)response.StatusCode}",
                (answer?["message"] ?? answer?["Message"])?.ToString() ?? "The user pool refused.");
    }

    private static JsonObject? ParseObject(string text)
    {
        try
        {
            return text.Length == 0 ? [] : JsonNode.Parse(text) as JsonObject;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static string Text(JsonObject answer, string name) =>
        answer[name]?.ToString() ?? throw new IdentityProblem("UnexpectedAnswer", $"The user pool's answer lacks {name}.");
}
