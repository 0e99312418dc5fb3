using System.Text.Json.Nodes;
using FairShare.Protocol.Evidence;
using FairShare.Protocol.Identifiers;
using FairShare.Protocol.Keys;
using FairShare.Testing;
using Xunit;

namespace FairShare.Scenarios.Tests.Exchanges;

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

        var signed = (await eve.PostAsync($"/keys/{key.Text("kid")}/signatures", new JsonObject { ["signingInput"] = unsigned.SigningInput })).Require(200);
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
}
