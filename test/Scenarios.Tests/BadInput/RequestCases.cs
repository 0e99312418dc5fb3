using System.Text;
using System.Text.Json.Nodes;
using FairShare.Core.Encoding;
using FairShare.Core.Identifiers;
using FairShare.Core.Jose;
using FairShare.Testing;

namespace FairShare.Scenarios.Tests.BadInput;

/// <summary>Requests that are malformed, or that speak of what does not exist for the caller.</summary>
internal static class RequestCases
{
    private static readonly byte[] Content = [1, 2, 3];

    public static IEnumerable<BadInputCase> All =>
        [
            BadInputCase.Of("a body that is not JSON", world => RawAsync(world, "/documents", "{")),
            BadInputCase.Of("a body with a member twice", world => RawAsync(world, "/keys", """{"kind":"kms","kind":"self"}""")),
            BadInputCase.Of("a body with an unknown member", world => AnnounceAsync(world, body => body["colour"] = "red")),
            BadInputCase.Of("a held key with a proof", world => RawAsync(world, "/keys", """{"kind":"kms","nonce":"x","proof":"y"}""")),
            BadInputCase.Of(
                "an audience with a null",
                world => AnnounceAsync(world, body => body["audience"] = new JsonArray((JsonNode?)null))
            ),
            BadInputCase.OfUpload(
                "parts with a null",
                (world, document) => RawAsync(world, $"/documents/{document.Id}/parts", """{"parts":[null]}""")
            ),
            BadInputCase.Of("a body without a member", world => AnnounceAsync(world, body => body.Remove("name"))),
            BadInputCase.Of("a body over 64 KiB", world => AnnounceAsync(world, body => body["name"] = new string('x', 70_000))),
            BadInputCase.Of("a name with a path in it", world => AnnounceAsync(world, body => body["name"] = "../../etc/passwd")),
            BadInputCase.Of("a name with a control character", world => AnnounceAsync(world, body => body["name"] = "a\u0007b")),
            BadInputCase.Of("a name of 10 KB", world => AnnounceAsync(world, body => body["name"] = new string('x', 10_240))),
            BadInputCase.Of("a malformed media type", world => AnnounceAsync(world, body => body["mediaType"] = "pdf")),
            BadInputCase.Of("an empty document", world => AnnounceAsync(world, body => body["size"] = 0)),
            BadInputCase.Of("a document of 6 GiB in one PUT", world => AnnounceAsync(world, body => body["size"] = 6L << 30)),
            BadInputCase.Of("a malformed digest", world => AnnounceAsync(world, body => body["digest"]!["value"] = "abc")),
            BadInputCase.Of("an unknown digest method", world => AnnounceAsync(world, body => body["digest"]!["method"] = "md5")),
            BadInputCase.Of(
                "a part size of one byte",
                world =>
                    AnnounceAsync(
                        world,
                        body =>
                        {
                            body["digest"]!["method"] = "sha-256-parts";
                            body["digest"]!["partSize"] = 1;
                        }
                    )
            ),
            BadInputCase.Of(
                "an audience that names a party twice",
                world => AnnounceAsync(world, body => body["audience"] = new JsonArray(world.Bob.Id.ToString(), world.Bob.Id.ToString()))
            ),
            BadInputCase.Of(
                "an audience that names the uploader",
                world => AnnounceAsync(world, body => body["audience"] = new JsonArray(world.Alice.Id.ToString()))
            ),
            BadInputCase.Of(
                "an audience that is no party id",
                world => AnnounceAsync(world, body => body["audience"] = new JsonArray("bob"))
            ),
            BadInputCase.Of(
                "an audience that names nobody",
                world => AnnounceAsync(world, body => body["audience"] = new JsonArray("0f8fad5b-d9cb-469f-a165-70867728950e"))
            ),
            BadInputCase.Of(
                "an audience that names a party without a key",
                world => AnnounceAsync(world, body => body["audience"] = new JsonArray(world.Dave.Id.ToString()))
            ),
            BadInputCase.Of("a lookup of what is no address", world => LookUpAsync(world, "bob")),
            BadInputCase.Of("a lookup of an address of nobody's", world => LookUpAsync(world, "nobody@example.com")),
            BadInputCase.Of("a lookup of a party that does not allow it", world => LookUpAsync(world, "bob@example.com")),
            BadInputCase.Of(
                "a malformed Idempotency-Key",
                world => world.Alice.PostAsync("/documents", TestDocument.Announce(Content), new string('k', 65))
            ),
            new BadInputCase(
                "an Idempotency-Key for another document",
                async world =>
                {
                    (await world.Alice.PostAsync("/documents", TestDocument.Announce(Content), "key-1")).Require(201);
                    return () => world.Alice.PostAsync("/documents", TestDocument.Announce([4, 5, 6]), "key-1");
                }
            ),
            new BadInputCase(
                "an Idempotency-Key of an aborted document",
                async world =>
                {
                    var ticket = (await world.Alice.PostAsync("/documents", TestDocument.Announce(Content), "key-2")).Require(201);
                    await world.AbortAsync(ticket.Text("fileId"));
                    return () => world.Alice.PostAsync("/documents", TestDocument.Announce(Content), "key-2");
                }
            ),
            BadInputCase.Of(
                "a disclosure of something else than the digest",
                world =>
                {
                    var announcement = TestDocument.Announce(Content);
                    announcement["disclose"] = "everything";
                    return world.Alice.PostAsync("/documents", announcement);
                }
            ),
            BadInputCase.Of("a cursor that no listing gave", world => world.Alice.GetAsync("/inbox?cursor=abc")),
            BadInputCase.Of("a cursor without a time", world => world.Alice.GetAsync($"/inbox?cursor={Cursor("")}")),
            BadInputCase.Of(
                "a cursor with a time of 1,100 characters",
                world => world.Alice.GetAsync($"/inbox?cursor={Cursor(new('9', 1100))}")
            ),
            BadInputCase.Of("a limit of no entries", world => world.Alice.GetAsync("/inbox?limit=0")),
            BadInputCase.Of("a limit of 101 entries", world => world.Alice.GetAsync("/documents?limit=101")),
            BadInputCase.Of("two limits", world => world.Alice.GetAsync("/vault/items?limit=1&limit=2")),
            BadInputCase.Of("a search for nothing", world => world.Alice.GetAsync("/documents?name=")),
            BadInputCase.Of("exchanges on a side that does not exist", world => world.Alice.GetAsync("/exchanges?role=reader")),
            BadInputCase.Of("a state that does not exist", world => world.Alice.GetAsync("/exchanges?state=Open")),
            BadInputCase.Of("exchanges since yesterday", world => world.Alice.GetAsync("/exchanges?since=yesterday")),
            BadInputCase.Of("exchanges with no party's id", world => world.Alice.GetAsync("/exchanges?party=bob")),
            BadInputCase.Of("exchanges of no document's id", world => world.Alice.GetAsync("/exchanges?document=1")),
            BadInputCase.Of("a path that does not exist", world => world.Alice.GetAsync("/exchange")),
            BadInputCase.Of("a method that a path does not have", world => world.Alice.PostAsync("/inbox")),
            BadInputCase.Of("a role that does not exist", world => world.Alice.GetAsync("/documents?role=king")),
            BadInputCase.Of("a malformed document id", world => world.Alice.GetAsync("/documents/1")),
            BadInputCase.Of("an unknown document", world => world.Alice.GetAsync($"/documents/{DocumentId.New(new SystemRandomness())}")),
            BadInputCase.Of("a malformed exchange id", world => world.Alice.GetAsync("/exchanges/1")),
            BadInputCase.Of("an unknown exchange", world => world.Alice.GetAsync($"/exchanges/{ExchangeId.New(new SystemRandomness())}")),
            BadInputCase.Of("a party without a key", world => world.Dave.PostAsync("/documents", TestDocument.Announce(Content))),
            BadInputCase.OfUpload(
                "a part of a document that has none",
                (world, document) => world.Alice.PostAsync($"/documents/{document.Id}/parts", Parts(1))
            ),
            BadInputCase.Of("an unknown key", world => world.Alice.DeleteAsync($"/keys/{world.Bob.Signer.KeyId}")),
            BadInputCase.Of(
                "a key without possession",
                async world =>
                {
                    using var other = new TestSigner();
                    return await RegisterAsync(world, other, world.Alice.Signer);
                }
            ),
            BadInputCase.Of(
                "a key under a nonce that was not given",
                async world =>
                {
                    using var signer = new TestSigner();
                    return await RegisterAsync(world, signer, signer);
                }
            ),
            BadInputCase.Of(
                "a private key",
                async world =>
                {
                    using var signer = new TestSigner();
                    var jwk = JsonNode.Parse(signer.Public.ToJwk())!.AsObject();
                    jwk["d"] = jwk["x"]!.GetValue<string>();
                    return await world.Alice.PostAsync(
                        "/keys",
                        new JsonObject
                        {
                            ["kind"] = "self",
                            ["jwk"] = jwk,
                            ["nonce"] = "AAAAAAAAAAAAAAAAAAAAAA",
                            ["proof"] = "a.b.c",
                        }
                    );
                }
            ),
        ];

    public static JsonObject Parts(int number) =>
        new() { ["parts"] = new JsonArray(new JsonObject { ["number"] = number, ["digest"] = new string('A', 43) }) };

    // As a listing writes them: a time and a key.
    private static string Cursor(string time) => Base64UrlText.Encode(Encoding.UTF8.GetBytes($"{time}\nDOCUMENT#1\nDOCUMENT"));

    private static Task<Answer> LookUpAsync(BadInputWorld world, string address) =>
        world.Alice.PostAsync("/parties/lookup", new JsonObject { ["email"] = address });

    private static Task<Answer> AnnounceAsync(BadInputWorld world, Action<JsonObject> spoil)
    {
        var body = TestDocument.Announce(Content, world.Bob);
        spoil(body);
        return world.Alice.PostAsync("/documents", body);
    }

    private static async Task<Answer> RegisterAsync(BadInputWorld world, TestSigner key, TestSigner prover)
    {
        var nonce = Nonce.New(new SystemRandomness());
        var proof = await KeyPossession.IssueAsync(world.Alice.Id, nonce, prover);
        return await world.Alice.PostAsync(
            "/keys",
            new JsonObject
            {
                ["kind"] = "self",
                ["jwk"] = JsonNode.Parse(key.Public.ToJwk()),
                ["nonce"] = nonce.ToString(),
                ["proof"] = proof,
            }
        );
    }

    private static async Task<Answer> RawAsync(BadInputWorld world, string path, string body)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, world.Host.Embedded.ApiUrl + path);
        request.Headers.Authorization = new("Bearer", world.Alice.AccessToken);
        request.Content = new StringContent(body, Encoding.UTF8, "application/json");
        return await world.Host.SendAsync(request);
    }
}
