using System.Text.Json.Nodes;
using FairShare.Core.Identifiers;
using FairShare.Core.Jose;

namespace FairShare.Testing;

/// <summary>A signed-in party with a self-held key, who does every step by hand.</summary>
public sealed class TestParty : IDisposable
{
    private const string Password = "Correct-Horse-42";

    private TestParty(TestHost host, string name, string accessToken)
    {
        (Host, Signer) = (host, new TestSigner(host.Randomness));
        Name = name;
        AccessToken = accessToken;
        Id = PartyId.Parse(Claims(accessToken)["sub"]!.GetValue<string>());
        host.Know(this);
    }

    public TestHost Host { get; }

    public string Name { get; }

    public string AccessToken { get; private set; }

    public PartyId Id { get; }

    public TestSigner Signer { get; }

    /// <summary>Signs up, confirms, signs in, and registers a key.</summary>
    public static async Task<TestParty> JoinAsync(TestHost host, string name)
    {
        var party = await SignUpAsync(host, name);
        await party.RegisterKeyAsync(party.Signer);
        return party;
    }

    /// <summary>Signs up, confirms and signs in; no key is registered.</summary>
    /// <param name="host">Where.</param>
    /// <param name="name">The user's name.</param>
    /// <param name="address">Its address; null for the name at example.com.</param>
    /// <param name="confirm">Confirms the sign-up; null does so with the mailed code.</param>
    public static async Task<TestParty> SignUpAsync(TestHost host, string name, string? address = null, Func<Task>? confirm = null)
    {
        var client = host.Embedded.Outputs["UserPoolClientId"];
        address ??= $"{name}@example.com";
        await host.CognitoAsync(
            "SignUp",
            new JsonObject
            {
                ["ClientId"] = client,
                ["Username"] = name,
                ["Password"] = Password,
                ["UserAttributes"] = new JsonArray(new JsonObject { ["Name"] = "email", ["Value"] = address }),
            }
        );
        await (confirm?.Invoke() ?? ConfirmAsync(host, name, host.Embedded.Mailbox.For(address)[^1].Code));
        return new TestParty(host, name, await SignInAsync(host, name));
    }

    /// <summary>Signs in again, for a fresh token.</summary>
    public async Task SignInAgainAsync() => AccessToken = await SignInAsync(Host, Name);

    /// <summary>The same party, with the same token, before another host.</summary>
    public TestParty On(TestHost host) => new(host, Name, AccessToken);

    public Task<Answer> GetAsync(string path) => Host.SendAsync(HttpMethod.Get, path, null, AccessToken);

    public Task<Answer> PostAsync(string path, JsonNode? body = null, string? idempotencyKey = null) =>
        Host.SendAsync(HttpMethod.Post, path, body ?? new JsonObject(), AccessToken, idempotencyKey);

    public Task<Answer> DeleteAsync(string path) => Host.SendAsync(HttpMethod.Delete, path, null, AccessToken);

    /// <summary>Asks for a key that the store holds.</summary>
    public Task<Answer> RegisterHeldKeyAsync() => PostAsync("/keys", new JsonObject { ["kind"] = "kms" });

    /// <summary>Registers a key with its proof of possession.</summary>
    public async Task<Answer> RegisterKeyAsync(TestSigner signer) => (await TryRegisterKeyAsync(signer)).Require(201);

    /// <summary>Asks for the registration of a key, with its proof of possession.</summary>
    public async Task<Answer> TryRegisterKeyAsync(TestSigner signer)
    {
        var nonce = Nonce.Parse((await PostAsync("/keys/nonces")).Require(201).Text("nonce"));
        var body = new JsonObject
        {
            ["kind"] = "self",
            ["jwk"] = JsonNode.Parse(signer.Public.ToJwk()),
            ["nonce"] = nonce.ToString(),
            ["proof"] = await KeyPossession.IssueAsync(Id, nonce, signer),
        };
        return await PostAsync("/keys", body);
    }

    public void Dispose() => Signer.Dispose();

    private static Task<JsonNode> ConfirmAsync(TestHost host, string name, string code) =>
        host.CognitoAsync(
            "ConfirmSignUp",
            new JsonObject
            {
                ["ClientId"] = host.Embedded.Outputs["UserPoolClientId"],
                ["Username"] = name,
                ["ConfirmationCode"] = code,
            }
        );

    /// <summary>Signs in, for the token that says who the user is and lets nobody in.</summary>
    public Task<string> IdTokenAsync() => SignInAsync(Host, Name, "IdToken");

    private static async Task<string> SignInAsync(TestHost host, string name, string token = "AccessToken")
    {
        var answer = await host.CognitoAsync(
            "InitiateAuth",
            new JsonObject
            {
                ["ClientId"] = host.Embedded.Outputs["UserPoolClientId"],
                ["AuthFlow"] = "USER_PASSWORD_AUTH",
                ["AuthParameters"] = new JsonObject { ["USERNAME"] = name, ["PASSWORD"] = Password },
            }
        );
        return answer["AuthenticationResult"]![token]!.GetValue<string>();
    }

    private static JsonNode Claims(string token) => JsonNode.Parse(System.Buffers.Text.Base64Url.DecodeFromChars(token.Split('.')[1]))!;
}
