using System.Buffers.Text;
using System.Text.Json.Nodes;
using TemplateHost.Tests.Support;

namespace TemplateHost.Tests.Cognito;

/// <summary>Users of the host's pool, who sign up and in as clients do.</summary>
internal sealed class Parties(TestHost host)
{
    public const string Password = "Correct-horse-1";

    public const string Resources = """
        "Pool": { "Type": "AWS::Cognito::UserPool", "Properties": { "AutoVerifiedAttributes": ["email"],
          "UsernameConfiguration": { "CaseSensitive": false },
          "MfaConfiguration": "OPTIONAL", "EnabledMfas": ["SOFTWARE_TOKEN_MFA"],
          "Schema": [{ "Name": "email", "Required": true, "Mutable": true }],
            "AdminCreateUserConfig": { "AllowAdminCreateUserOnly": false },
          "Policies": { "PasswordPolicy": { "MinimumLength": 12, "RequireLowercase": true, "RequireUppercase": true,
            "RequireNumbers": true, "RequireSymbols": false } } } },
        "PoolClient": { "Type": "AWS::Cognito::UserPoolClient", "Properties": { "UserPoolId": { "Ref": "Pool" },
          "PreventUserExistenceErrors": "ENABLED",
          "ExplicitAuthFlows": ["ALLOW_USER_PASSWORD_AUTH", "ALLOW_USER_SRP_AUTH", "ALLOW_REFRESH_TOKEN_AUTH"],
          "AccessTokenValidity": 60, "TokenValidityUnits": { "AccessToken": "minutes" } } }
        """;

    /// <summary>The same pool, and a client that logs in by SRP alone.</summary>
    public static string OnlySrp { get; } = Resources.Replace("\"ALLOW_USER_PASSWORD_AUTH\", ", "", StringComparison.Ordinal);

    public string PoolId => ClaimsOrOutput("PoolId");

    public string ClientId => ClaimsOrOutput("ClientId");

    public async Task<string> RegisterAsync(string name)
    {
        var sub = (await SignUpAsync(name))["UserSub"]!.GetValue<string>();
        await ConfirmAsync(name, CodeOf(name));
        return sub;
    }

    public Task<JsonObject> SignUpAsync(string name, string password = Password) =>
        host.CallAsync(
            "cognito-idp",
            "SignUp",
            new JsonObject
            {
                ["ClientId"] = ClientId,
                ["Username"] = name,
                ["Password"] = password,
                ["UserAttributes"] = new JsonArray(new JsonObject { ["Name"] = "email", ["Value"] = $"{name}@example.com" }),
            }
        );

    public string CodeOf(string name) => host.Host.Mailbox.For($"{name}@example.com")[^1].Code;

    public Task<JsonObject> ConfirmAsync(string name, string code) =>
        host.CallAsync(
            "cognito-idp",
            "ConfirmSignUp",
            new JsonObject
            {
                ["ClientId"] = ClientId,
                ["Username"] = name,
                ["ConfirmationCode"] = code,
            }
        );

    public Task<JsonObject> CallAsync(string operation, string name, params (string Name, string Value)[] members)
    {
        var input = new JsonObject { ["ClientId"] = ClientId, ["Username"] = name };
        foreach (var member in members)
        {
            input[member.Name] = member.Value;
        }

        return host.CallAsync("cognito-idp", operation, input);
    }

    public Task<JsonObject> SignInAsync(string name, string password = Password) =>
        AuthenticateAsync("USER_PASSWORD_AUTH", new JsonObject { ["USERNAME"] = name, ["PASSWORD"] = password });

    public Task<JsonObject> RefreshAsync(string token) =>
        AuthenticateAsync("REFRESH_TOKEN_AUTH", new JsonObject { ["REFRESH_TOKEN"] = token });

    public static JsonObject ClaimsOf(string token) => JsonNode.Parse(Base64Url.DecodeFromChars(token.Split('.')[1]))!.AsObject();

    public Task<JsonObject> InitiateAsync(string flow, JsonObject parameters) =>
        host.CallAsync(
            "cognito-idp",
            "InitiateAuth",
            new JsonObject
            {
                ["ClientId"] = ClientId,
                ["AuthFlow"] = flow,
                ["AuthParameters"] = parameters,
            }
        );

    public Task<JsonObject> RespondAsync(string challenge, JsonObject responses, string? session = null)
    {
        var input = new JsonObject { ["ClientId"] = ClientId, ["ChallengeName"] = challenge };
        input["ChallengeResponses"] = responses.DeepClone();
        if (session is not null)
        {
            input["Session"] = session;
        }

        return host.CallAsync("cognito-idp", "RespondToAuthChallenge", input);
    }

    private async Task<JsonObject> AuthenticateAsync(string flow, JsonObject parameters) =>
        (await InitiateAsync(flow, parameters))["AuthenticationResult"]!.DeepClone().AsObject();

    private string ClaimsOrOutput(string name) => host.Host.Outputs[name];
}
