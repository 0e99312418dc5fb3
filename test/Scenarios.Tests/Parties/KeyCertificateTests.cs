using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using FairShare.Contracts.Parties;
using FairShare.Core.Identifiers;
using FairShare.Core.Jose;
using FairShare.Exchange.KeyRecords;
using FairShare.Testing;
using Xunit;

namespace FairShare.Scenarios.Tests.Parties;

/// <summary>What the store seals about a party's key: when it is registered, and when it is retired.</summary>
public sealed class KeyCertificateTests(ExchangeWorld world) : IClassFixture<ExchangeWorld>
{
    [Fact]
    public async Task Register_WithLeave_CertifiesNameAndVerifiedAddress()
    {
        var erin = await TestParty.SignUpAsync(world.Host, "erin");
        var key = await RegisterAsync(erin, "Erin Ö.", disclosesEmail: true);

        var certificate = Assert.IsType<KeyCertificate>(KeyRecordToken.Parse(key["certificate"]!.ToString()).Record);

        Assert.Equal(("erin@example.com", "Erin Ö."), (certificate.Email.ToString(), certificate.Name.ToString()));
        Assert.Equal((erin.Id, erin.Signer.KeyId), (certificate.Party, certificate.Key));
        await RequireVerifiedAsync(world.Bob, erin, ["certificate"]);
    }

    // An auditor compares what runs with the source of that commit (docs/released-code.md).
    [Fact]
    public async Task Description_OfTheService_NamesVersionAndCommit()
    {
        var service = (await world.Host.SendAsync(HttpMethod.Get, "/.well-known/fairshare", null, null)).Require(200);
        var props = XDocument.Load(Path.Combine(Operations.Runbook.Root, "Directory.Build.props"));
        Assert.Matches($"^{Regex.Escape(props.Descendants("Version").Single().Value)}(\\+[0-9a-f]{{40}})?$", service.Text("version"));
    }

    [Fact]
    public async Task Register_WithoutLeave_CertifiesTheKeyAndTellsNothingMore()
    {
        var view = await KeyOfAsync(world.Bob, world.Alice);

        var certificate = Assert.IsType<KeyCertificate>(KeyRecordToken.Parse(view.Certificate!).Record);

        Assert.Equal((null, null), (certificate.Email, certificate.Name));
        Assert.DoesNotContain("example.com", System.Text.Encoding.ASCII.GetString(Payload(view.Certificate!)), StringComparison.Ordinal);
        await RequireVerifiedAsync(world.Bob, world.Alice, ["certificate"]);
    }

    [Fact]
    public async Task Register_HeldKey_IsCertifiedWithoutAProof()
    {
        var frank = await TestParty.SignUpAsync(world.Host, "frank");
        await frank.RegisterHeldKeyAsync();
        var view = await KeyOfAsync(world.Bob, frank);
        Assert.Null(Assert.IsType<KeyCertificate>(KeyRecordToken.Parse(view.Certificate!).Record).Proof);
        await RequireVerifiedAsync(world.Bob, frank, ["certificate"]);
    }

    [Theory]
    [InlineData("a/b")]
    [InlineData("")]
    [InlineData("a\u202eb")]
    public async Task Register_NameThatIsNone_IsRefusedAndRegistersNothing(string name)
    {
        var erin = await TestParty.SignUpAsync(world.Host, $"erin-{name.Length}{name.Contains((char)47)}");
        Assert.Equal("invalid-name", (await TryRegisterAsync(erin, name, false)).Text("code"));
        Assert.Empty((await erin.GetAsync($"/parties/{erin.Id}/keys")).Require(200).Body!["keys"]!.AsArray());
    }

    [Fact]
    public async Task Retire_Key_IsARecordOfItsOwnAndLeavesTheCertificate()
    {
        var dora = await TestParty.JoinAsync(world.Host, "dora");
        var before = (await KeyOfAsync(world.Bob, dora)).Certificate;
        var answer = (await dora.DeleteAsync($"/keys/{dora.Signer.KeyId}")).Require(200);

        var view = await KeyOfAsync(world.Bob, dora);

        var retirement = Assert.IsType<KeyRetirement>(KeyRecordToken.Parse(view.Retirement!).Record);
        Assert.Equal(answer.Text("retiredAt"), Timestamp.Format(retirement.RetiredAt));
        Assert.Equal(before, view.Certificate);
        await RequireVerifiedAsync(world.Bob, dora, ["certificate", "retirement"]);

        // A repeat keeps the first record.
        (await dora.DeleteAsync($"/keys/{dora.Signer.KeyId}")).Require(200);
        Assert.Equal(view.Retirement, (await KeyOfAsync(world.Bob, dora)).Retirement);
    }

    private async Task RequireVerifiedAsync(TestParty asking, TestParty asked, string[] records)
    {
        var view = await KeyOfAsync(asking, asked);
        var service = (await world.Host.SendAsync(HttpMethod.Get, "/.well-known/fairshare", null, null)).Require(200).Body!;
        var seal = service["keys"]![0]!;
        var store = new KeyView(
            seal["kid"]!.ToString(),
            service["ttp"]!.ToString(),
            "kms",
            System.Text.Json.JsonSerializer.SerializeToElement(seal["jwk"]),
            Timestamp.Parse(seal["notBefore"]!.ToString()),
            Timestamp.Parse(seal["notAfter"]!.ToString())
        );
        var (key, keys) = (view.ToPartyKey(), new[] { view.ToPartyKey(), store.ToPartyKey() });
        var checks = KeyRecordChecks.OfCertificate(view.Certificate!, key, keys);
        var all = view.Retirement is { } retirement ? checks.Concat(KeyRecordChecks.OfRetirement(retirement, key, keys)) : checks;
        Assert.All(all, check => Assert.True(check.Passed, $"{check.Name}: {check.Detail}"));
        Assert.Equal(records, all.Select(check => check.Name.Split('.')[0]).Distinct());
    }

    private static async Task<KeyView> KeyOfAsync(TestParty asking, TestParty asked)
    {
        var keys = (await asking.GetAsync($"/parties/{asked.Id}/keys")).Require(200).Body!["keys"]!.AsArray();
        return System.Text.Json.JsonSerializer.Deserialize(
            Assert.Single(keys)!.ToJsonString(),
            Contracts.ContractJson.TypeOf<KeyView>(Contracts.ContractJson.Strict)
        )!;
    }

    private static byte[] Payload(string token)
    {
        Assert.True(Core.Encoding.Base64UrlText.TryDecode(token.Split('.')[1], out var octets));
        return octets;
    }

    private static async Task<JsonNode> RegisterAsync(TestParty party, string? name, bool disclosesEmail) =>
        (await TryRegisterAsync(party, name, disclosesEmail)).Require(201).Body!;

    private static async Task<Answer> TryRegisterAsync(TestParty party, string? name, bool disclosesEmail)
    {
        var nonce = Nonce.Parse((await party.PostAsync("/keys/nonces")).Require(201).Text("nonce"));
        var body = new JsonObject
        {
            ["kind"] = "self",
            ["jwk"] = JsonNode.Parse(party.Signer.Public.ToJwk()),
            ["nonce"] = nonce.ToString(),
            ["proof"] = await KeyPossession.IssueAsync(party.Id, nonce, party.Signer),
            ["name"] = name,
        };
        if (disclosesEmail)
        {
            body["discloseEmail"] = true;
        }

        return await party.PostAsync("/keys", body);
    }
}
