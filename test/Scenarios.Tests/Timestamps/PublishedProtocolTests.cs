using System.Text;
using System.Text.Json.Nodes;
using FairShare.Core.Digests;
using FairShare.Exchange.Evidence;
using FairShare.Testing;
using FairShare.Timestamps.Tokens;
using Xunit;

namespace FairShare.Scenarios.Tests.Timestamps;

/// <summary>
/// The protocol as Coffey and Saidha published it, in eleven steps, with the time-stamping authority: docs/published-protocol.md says how
/// they are ours.
/// </summary>
public sealed class PublishedProtocolTests(ExchangeWorld world) : IClassFixture<ExchangeWorld>
{
    [Fact]
    public async Task ElevenSteps_DirectedExchange_BothHaveStampedEvidenceAndBSawNoMoreThanAHash()
    {
        var (alice, bob) = (world.Alice, world.Bob);

        // 3, 4: A asks the store, which gives a nonce. 1, 2: A signs what it sends to B, and the authority stamps it.
        var document = await TestDocument.RequestUploadAsync(alice, null, bob);
        await document.UploadAsync();
        var origin = await document.SignAsync();
        var stampOfA = await Stamping.StampAsync(alice, origin.Text);

        // 5: A hands in the NRO with the nonce, and the stamp.
        (await document.SubmitOriginAsync(origin.Text, Convert.ToBase64String(stampOfA))).Require(200);

        // 6: the store sends B the hash of the evidence of origin, with a nonce.
        var exchange = await TestExchange.RequestAsync(bob, document);
        await BadInput.BadInputCase.WaitUntilOpenAsync(exchange);
        await RequireNothingButAHashAsync(exchange, origin, document.Content);

        // 7, 8: B has its receipt stamped. 9: B hands it in.
        var receipt = await exchange.SignAsync();
        var stampOfB = await Stamping.StampAsync(bob, receipt.Text);
        (await exchange.SubmitReceiptAsync(receipt.Text, Convert.ToBase64String(stampOfB))).Require(200);

        // 10, 11: A has the NRR, B the NRO, each with its stamp.
        foreach (var party in new[] { alice, bob })
        {
            var evidence = (await party.GetAsync($"/exchanges/{exchange.Id}/evidence")).Require(200).Body!;
            Assert.Equal(origin.Text, evidence["tokens"]!["nro"]!.ToString());
            Assert.Equal(receipt.Text, evidence["tokens"]!["nrr"]!.ToString());
            var release = EvidenceToken.Parse(evidence["tokens"]!["release"]!.ToString());
            RequireStamp(evidence["stamps"]!["nro"]!, origin, exchange.Challenge);
            RequireStamp(evidence["stamps"]!["nrr"]!, receipt, release);
        }
    }

    [Fact]
    public async Task Attached_StampThatIsNone_IsRefusedAndNothingIsDeposited()
    {
        var document = await TestDocument.RequestUploadAsync(world.Alice, null, world.Bob);
        await document.UploadAsync();
        var origin = await document.SignAsync();
        var other = Convert.ToBase64String(await Stamping.StampAsync(world.Alice, "another text"));
        foreach (var stamp in new[] { "", "!", "AAAA", other, new string('A', 32 * 1024) })
        {
            Assert.Equal("invalid-stamp", (await document.SubmitOriginAsync(origin.Text, stamp)).Code);
        }

        Assert.Equal("Pending", (await world.Alice.GetAsync($"/documents/{document.Id}")).Require(200).Text("state"));
    }

    [Fact]
    public async Task Attached_StampOfAnotherReceipt_IsRefusedAndTheExchangeWaits()
    {
        var exchange = await TestExchange.RequestAsync(world.Bob, await TestDocument.DepositAsync(world.Alice, world.Bob));
        await BadInput.BadInputCase.WaitUntilOpenAsync(exchange);
        var (receipt, another) = (await exchange.SignAsync(), await exchange.SignAsync());
        var stamp = Convert.ToBase64String(await Stamping.StampAsync(world.Bob, another.Text));

        Assert.Equal("invalid-stamp", (await exchange.SubmitReceiptAsync(receipt.Text, stamp)).Code);

        Assert.Equal("AwaitingReceipt", await exchange.StateAsync(world.Bob));
    }

    private static async Task RequireNothingButAHashAsync(TestExchange exchange, EvidenceToken origin, byte[] content)
    {
        var bob = exchange.Downloader;
        var evidence = (await bob.GetAsync($"/exchanges/{exchange.Id}/evidence")).Require(200).Body!;
        var seen = string.Join(
            '\n',
            evidence.ToJsonString(),
            (await bob.GetAsync($"/exchanges/{exchange.Id}")).Require(200).Body!.ToJsonString(),
            (await bob.GetAsync($"/documents/{exchange.Challenge.Statement.Document.Id}")).Require(200).Body!.ToJsonString(),
            Payload(exchange.Challenge.Text)
        );
        Assert.Equal(["challenge"], evidence["tokens"]!.AsObject().Select(token => token.Key));
        Assert.Null(evidence["stamps"]);
        Assert.Contains(origin.Hash.ToString(), seen, StringComparison.Ordinal);
        Assert.DoesNotContain(origin.Text[^60..], seen, StringComparison.Ordinal);
        Assert.DoesNotContain(Sha256Digest.Of(content).ToString(), seen, StringComparison.Ordinal);
    }

    private static string Payload(string token)
    {
        Assert.True(Core.Encoding.Base64UrlText.TryDecode(token.Split('.')[1], out var octets));
        return Encoding.UTF8.GetString(octets);
    }

    // Stamped when it was made, and before the store answered it.
    private static void RequireStamp(JsonNode attached, EvidenceToken evidence, EvidenceToken answer)
    {
        var stamp = TimestampToken.ParseAnswer(Convert.FromBase64String(attached.ToString()));
        Assert.Equal(Sha256Digest.Of(Encoding.ASCII.GetBytes(evidence.Text)), stamp.Imprint);
        var second = TimeSpan.FromSeconds(1);
        Assert.InRange(stamp.Time, evidence.Statement.Gen!.Value - second, answer.Statement.Gen!.Value + second);
    }
}
