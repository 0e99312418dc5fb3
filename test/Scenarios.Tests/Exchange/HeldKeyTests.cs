using System.Text.Json.Nodes;
using FairShare.Core.Digests;
using FairShare.Core.Identifiers;
using FairShare.Core.Keys;
using FairShare.Exchange.Evidence;
using FairShare.Testing;
using TemplateHost.Gateway.Faults;
using Xunit;

namespace FairShare.Scenarios.Tests.Exchange;

public sealed class HeldKeyTests(ExchangeWorld world) : IClassFixture<ExchangeWorld>
{
    [Fact]
    public async Task Receipt_SignedWithAHeldKey_IsAcceptedAndSaysSo()
    {
        using var eve = await TestParty.SignUpAsync(world.Host, "eve");
        var key = (await eve.PostAsync("/keys", new JsonObject { ["kind"] = "kms" })).Require(201);
        Assert.Equal(key.Text("kid"), (await eve.PostAsync("/keys", new JsonObject { ["kind"] = "kms" })).Require(201).Text("kid"));
        var document = await TestDocument.DepositAsync(world.Alice, eve);
        var exchange = await TestExchange.RequestAsync(eve, document);
        var unsigned = UnsignedEvidence.Write(exchange.ReceiptStatement() with { Hold = KeyHolder.Kms }, KeyId.Parse(key.Text("kid")));

        var signed = (
            await eve.PostAsync($"/keys/{key.Text("kid")}/signatures", new JsonObject { ["signingInput"] = unsigned.SigningInput })
        ).Require(200);
        (await exchange.SubmitReceiptAsync(signed.Text("signature"))).Require(200);

        var receipt = EvidenceToken.Parse((await exchange.EvidenceAsync(world.Alice))["nrr"]!.GetValue<string>());
        Assert.Equal(KeyHolder.Kms, receipt.Statement.Hold);
        Assert.Equal(unsigned.Hash, receipt.Hash);
    }

    [Fact]
    public async Task HeldKey_AnotherParty_CannotSignWithIt()
    {
        using var mallory = await TestParty.SignUpAsync(world.Host, "mallory");
        using var frank = await TestParty.SignUpAsync(world.Host, "frank");
        var key = (await frank.PostAsync("/keys", new JsonObject { ["kind"] = "kms" })).Require(201).Text("kid");

        var answer = await mallory.PostAsync($"/keys/{key}/signatures", new JsonObject { ["signingInput"] = "a.b" });

        Assert.Equal("key-not-found", answer.Code);
    }

    [Fact]
    public async Task HeldKey_TagsNotKnownYet_IsBusyAndGoesOnWithTheSameKey()
    {
        var plan = new FaultPlan(seed: 1);
        await using var host = await TestHost.StartAsync(new() { Listen = false, Faults = plan });
        using var grace = await TestParty.SignUpAsync(host, "grace");
        plan.Rules = [new FaultRule(FaultKind.Deny, 1, "kms", "GetPublicKey")];
        var early = await grace.RegisterHeldKeyAsync();
        var again = await grace.RegisterHeldKeyAsync();
        plan.Rules = [];
        var key = (await grace.RegisterHeldKeyAsync()).Require(201);

        Assert.Equal(("busy", "busy"), (early.Code, again.Code));
        Assert.Single(await KmsKeysOfAsync(host, grace));
        Assert.Equal(key.Text("cmkId"), (await KmsKeysOfAsync(host, grace))[0]);
    }

    [Fact]
    public async Task HeldKey_ManyRegistrationsAtOnce_MakeOneKey()
    {
        using var heidi = await TestParty.SignUpAsync(world.Host, "heidi");
        var answers = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => heidi.RegisterHeldKeyAsync()));
        Assert.All(answers, answer => Assert.True(answer.Status == 201 || answer.Code == "busy", answer.Body?.ToJsonString()));
        var key = (await heidi.RegisterHeldKeyAsync()).Require(201);

        Assert.Equal([key.Text("cmkId")], await KmsKeysOfAsync(world.Host, heidi));
        Assert.Single((await heidi.GetAsync($"/parties/{heidi.Id}/keys")).Require(200)["keys"].AsArray());
    }

    [Fact]
    public async Task HeldKey_Retired_SignsNothingAndIsDeletedInThirtyDaysWhileItsPublicHalfStays()
    {
        using var ivan = await TestParty.SignUpAsync(world.Host, "ivan");
        var key = (await ivan.RegisterHeldKeyAsync()).Require(201);
        (await ivan.DeleteAsync($"/keys/{key.Text("kid")}")).Require(200);
        (await ivan.DeleteAsync($"/keys/{key.Text("kid")}")).Require(200);

        var metadata = (
            await RootOf(world.Host).CallAsync("kms", "TrentService.DescribeKey", new JsonObject { ["KeyId"] = key.Text("cmkId") })
        ).Require(200)["KeyMetadata"];
        var deletion = DateTimeOffset.FromUnixTimeSeconds((long)metadata["DeletionDate"]!.GetValue<double>());
        Assert.Equal("PendingDeletion", metadata["KeyState"]!.GetValue<string>());
        Assert.InRange(deletion - world.Host.Time.GetUtcNow(), TimeSpan.FromDays(29), TimeSpan.FromDays(30.1));
        Assert.Equal("key-not-found", (await SignAsync(ivan, key.Text("kid"))).Code);
        var kept = Assert.Single((await ivan.GetAsync($"/parties/{ivan.Id}/keys")).Require(200)["keys"].AsArray());
        Assert.Equal(key["jwk"].ToJsonString(), kept!["jwk"]!.ToJsonString());
    }

    [Fact]
    public async Task HeldKey_WhoseItemNamesAnothersKmsKey_SignsNothing()
    {
        using var judy = await TestParty.SignUpAsync(world.Host, "judy");
        using var mallet = await TestParty.SignUpAsync(world.Host, "mallet");
        var victim = (await judy.RegisterHeldKeyAsync()).Require(201);
        var own = (await mallet.RegisterHeldKeyAsync()).Require(201);
        // As if somebody who may write keys had been made to.
        var registrar = new SignedAwsClient(world.Host, world.Host.Embedded.CredentialsFor(TestRoles.Of("RetireKey")));
        (
            await registrar.CallAsync(
                "dynamodb",
                "DynamoDB_20120810.UpdateItem",
                new JsonObject
                {
                    ["TableName"] = world.Host.Embedded.Outputs["EvidenceTableName"],
                    ["Key"] = new JsonObject { ["pk"] = Text($"PARTY#{mallet.Id}"), ["sk"] = Text($"KEY#{own.Text("kid")}") },
                    ["UpdateExpression"] = "SET cmkId = :other",
                    ["ExpressionAttributeValues"] = new JsonObject { [":other"] = Text(victim.Text("cmkId")) },
                }
            )
        ).Require(200);

        var answer = await SignAsync(mallet, own.Text("kid"));

        Assert.Equal((500, "internal-error"), (answer.Status, answer.Code));
    }

    [Fact]
    public async Task HeldKey_StageThatHoldsNone_IsRefused()
    {
        var template = TestHost.Template.Replace(
            "\"FAIRSHARE_HELD_KEYS\":\"on\"",
            "\"FAIRSHARE_HELD_KEYS\":\"off\"",
            StringComparison.Ordinal
        );
        Assert.NotEqual(TestHost.Template, template);
        await using var host = await TestHost.StartAsync(new() { Listen = false }, template);
        using var kate = await TestParty.JoinAsync(host, "kate");

        Assert.Equal((403, "held-keys-off"), await CodeOf(kate.RegisterHeldKeyAsync()));
        Assert.Equal((403, "held-keys-off"), await CodeOf(SignAsync(kate, kate.Signer.KeyId.ToString())));

        static async Task<(int, string?)> CodeOf(Task<Answer> answer) => ((await answer).Status, (await answer).Code);
    }

    private static Task<Answer> SignAsync(TestParty party, string kid)
    {
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
            party.Id,
            [],
            party.Host.Store,
            document,
            Nonce.New(new SystemRandomness()),
            party.Host.Time.GetUtcNow(),
            KeyHolder.Kms,
            DocumentSalt.New(new SystemRandomness())
        );
        var input = UnsignedEvidence.Write(statement, KeyId.Parse(kid)).SigningInput;
        return party.PostAsync($"/keys/{kid}/signatures", new JsonObject { ["signingInput"] = input });
    }

    private static JsonObject Text(string value) => new() { ["S"] = value };

    private static SignedAwsClient RootOf(TestHost host)
    {
        return SignedAwsClient.OfRoot(host);
    }

    /// <summary>The ARNs of the KMS keys that carry the party's tag.</summary>
    private static async Task<List<string>> KmsKeysOfAsync(TestHost host, TestParty party)
    {
        var root = RootOf(host);
        var found = new List<string>();
        foreach (var key in (await root.CallAsync("kms", "TrentService.ListKeys", [])).Require(200)["Keys"].AsArray())
        {
            var arn = key!["KeyArn"]!.GetValue<string>();
            var tags = (await root.CallAsync("kms", "TrentService.ListResourceTags", new JsonObject { ["KeyId"] = arn }))
                .Require(200)["Tags"]
                .AsArray();
            if (tags.Any(tag => tag!["TagValue"]!.GetValue<string>() == party.Id.ToString()))
            {
                found.Add(arn);
            }
        }

        return found;
    }
}
