using System.Text;
using System.Text.Json.Nodes;
using FairShare.Aws.Parties;
using FairShare.Testing;

namespace FairShare.Scenarios.Tests.BadInput;

/// <summary>Keys that are not the caller's to register, tokens that let nobody in, and text that is none.</summary>
internal static class KeyCases
{
    public static IEnumerable<BadInputCase> All =>
        [
            BadInputCase.Of("half of a surrogate pair as a member's name", world => RawAsync(world, """{"\ud800":1}""")),
            BadInputCase.Of("half of a surrogate pair in a value", world => RawAsync(world, """{"kind":"\udfff"}""")),
            BadInputCase.Of(
                "half of a surrogate pair inside a key",
                world => RawAsync(world, """{"kind":"self","jwk":{"kty":"\ud800"},"nonce":"a","proof":"b"}""")
            ),
            BadInputCase.Of("octets that are no UTF-8", world => RawAsync(world, [.. "{\"kind\":\""u8, 0xED, 0xA0, 0x80, .. "\"}"u8])),
            new BadInputCase(
                "a key whose certificate shall tell a name with a path in it",
                async world =>
                {
                    var registration = await SignedAsync(world.Alice, new TestSigner());
                    registration["name"] = "../Alice";
                    return () => world.Alice.PostAsync("/keys", registration);
                }
            ),
            new BadInputCase(
                "a key that another party registered",
                async world =>
                {
                    var signer = new TestSigner();
                    await world.Bob.RegisterKeyAsync(signer);
                    var registration = await SignedAsync(world.Alice, signer);
                    return () => world.Alice.PostAsync("/keys", registration);
                }
            ),
            new BadInputCase(
                "a retired key, registered again",
                async world =>
                {
                    var signer = new TestSigner();
                    await world.Bob.RegisterKeyAsync(signer);
                    (await world.Bob.DeleteAsync($"/keys/{signer.KeyId}")).Require(200);
                    var registration = await SignedAsync(world.Bob, signer);
                    return () => world.Bob.PostAsync("/keys", registration);
                }
            ),
            new BadInputCase(
                "a retired key, registered by another party",
                async world =>
                {
                    var signer = new TestSigner();
                    await world.Bob.RegisterKeyAsync(signer);
                    (await world.Bob.DeleteAsync($"/keys/{signer.KeyId}")).Require(200);
                    var registration = await SignedAsync(world.Alice, signer);
                    return () => world.Alice.PostAsync("/keys", registration);
                }
            ),
            new BadInputCase(
                "a sixth held key",
                async world =>
                {
                    var frank = await TestParty.SignUpAsync(world.Host, $"frank{Guid.NewGuid():N}");
                    for (var held = 0; held < HeldKeyRegistrations.Limit; held++)
                    {
                        var kid = (await frank.RegisterHeldKeyAsync()).Require(201).Text("kid");
                        (await frank.DeleteAsync($"/keys/{kid}")).Require(200);
                    }

                    return frank.RegisterHeldKeyAsync;
                }
            ),
            new BadInputCase(
                "an ID token",
                async world =>
                {
                    var token = await world.Alice.IdTokenAsync();
                    return () => world.Host.SendAsync(HttpMethod.Post, "/keys/nonces", new JsonObject(), token);
                }
            ),
        ];

    private static async Task<JsonObject> SignedAsync(TestParty party, TestSigner signer)
    {
        var nonce = Core.Identifiers.Nonce.Parse((await party.PostAsync("/keys/nonces")).Require(201).Text("nonce"));
        return new JsonObject
        {
            ["kind"] = "self",
            ["jwk"] = JsonNode.Parse(signer.Public.ToJwk()),
            ["nonce"] = nonce.ToString(),
            ["proof"] = await Core.Jose.KeyPossession.IssueAsync(party.Id, nonce, signer),
        };
    }

    private static Task<Answer> RawAsync(BadInputWorld world, string body) => RawAsync(world, Encoding.UTF8.GetBytes(body));

    private static async Task<Answer> RawAsync(BadInputWorld world, byte[] body)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, world.Host.Embedded.ApiUrl + "/keys");
        request.Headers.Authorization = new("Bearer", world.Alice.AccessToken);
        request.Content = new ByteArrayContent(body);
        request.Content.Headers.ContentType = new("application/json");
        return await world.Host.SendAsync(request);
    }
}
