using System.Text.Json.Nodes;
using FairShare.Core.Digests;
using FairShare.Core.Identifiers;
using FairShare.Core.Jose;
using FairShare.Core.Keys;
using FairShare.Exchange.Evidence;
using FairShare.Testing;

namespace FairShare.Scenarios.Tests.Permissions;

/// <summary>What parties do with their keys, and with the address by which others find them.</summary>
internal static class KeyTour
{
    public static async Task SignWithHeldKeyAsync(TestHost host)
    {
        using var carol = await TestParty.SignUpAsync(host, "carol");
        var kid = (await carol.PostAsync("/keys", new JsonObject { ["kind"] = "kms" })).Require(201).Text("kid");
        (await carol.GetAsync($"/parties/{carol.Id}/keys")).Require(200);
        var document = new DocumentDescription(
            DocumentId.New(new SystemRandomness()),
            ObjectVersion.Parse("v"),
            DocumentName.Parse("a"),
            MediaType.Unknown,
            1,
            DocumentDigest.Whole(Sha256Digest.Of([1]))
        );
        var statement = Statements.Origin(
            EvidenceId.New(new SystemRandomness()),
            carol.Id,
            [],
            host.Store,
            document,
            Nonce.New(new SystemRandomness()),
            host.Time.GetUtcNow(),
            KeyHolder.Kms,
            DocumentSalt.New(new SystemRandomness())
        );
        var input = UnsignedEvidence.Write(statement, KeyId.Parse(kid)).SigningInput;
        (await carol.PostAsync($"/keys/{kid}/signatures", new JsonObject { ["signingInput"] = input })).Require(200);
        (await carol.DeleteAsync($"/keys/{kid}")).Require(200);
    }

    public static async Task RetireAsync(TestParty alice)
    {
        using var signer = new TestSigner();
        await alice.RegisterKeyAsync(signer);
        (await alice.DeleteAsync($"/keys/{signer.KeyId}")).Require(200);
        // Why a key is refused is asked of its owner's item.
        using var other = new TestSigner();
        var nonce = Nonce.New(new SystemRandomness());
        var refused = await alice.PostAsync(
            "/keys",
            new JsonObject
            {
                ["kind"] = "self",
                ["jwk"] = JsonNode.Parse(other.Public.ToJwk()),
                ["nonce"] = nonce.ToString(),
                ["proof"] = await KeyPossession.IssueAsync(alice.Id, nonce, other),
            }
        );
        if (refused.Code != "wrong-nonce")
        {
            throw new InvalidOperationException($"A nonce that was not given was answered with {refused.Code}.");
        }
    }

    public static async Task LookUpAsync(TestParty alice, TestParty bob)
    {
        (await bob.PostAsync("/parties/lookup/address")).Require(200);
        (await alice.PostAsync("/parties/lookup", new JsonObject { ["email"] = "bob@example.com" })).Require(200);
        (await bob.DeleteAsync("/parties/lookup/address")).Require(200);
    }
}
