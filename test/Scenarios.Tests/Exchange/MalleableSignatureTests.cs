using System.Buffers.Text;
using System.Numerics;
using FairShare.Exchange.Evidence;
using FairShare.Testing;
using Xunit;

namespace FairShare.Scenarios.Tests.Exchange;

/// <summary>
/// Who sees an ECDSA signature (r, s) can make another of the same octets, (r, n - s), without the key: it is the same evidence.
/// </summary>
public sealed class MalleableSignatureTests(ExchangeWorld world) : IClassFixture<ExchangeWorld>
{
    private const int Half = 32;

    // FIPS 186-5 with SP 800-186, the order n of P-256.
    private static readonly BigInteger Order = new(
        Convert.FromHexString("FFFFFFFF00000000FFFFFFFFFFFFFFFFBCE6FAADA7179E84F3B9CAC2FC632551"),
        isUnsigned: true,
        isBigEndian: true
    );

    [Fact]
    public async Task Receipt_InItsOtherForm_IsTheSameReceipt()
    {
        var exchange = await TestExchange.RequestAsync(world.Bob, await TestDocument.DepositAsync(world.Alice, world.Bob));
        var receipt = await exchange.SignAsync();
        var answer = (await exchange.SubmitReceiptAsync(receipt.Text)).Require(200);
        var (forAlice, forBob) = (await exchange.EvidenceAsync(world.Alice), await exchange.EvidenceAsync(world.Bob));

        var again = (await exchange.SubmitReceiptAsync(Twin(receipt).Text)).Require(200);

        Assert.Equal(answer.Text("release"), again.Text("release"));
        Assert.Equal(forAlice.ToJsonString(), (await exchange.EvidenceAsync(world.Alice)).ToJsonString());
        Assert.Equal(forBob.ToJsonString(), (await exchange.EvidenceAsync(world.Bob)).ToJsonString());
        Assert.Equal(receipt.Text, forAlice["nrr"]!.GetValue<string>());
    }

    [Fact]
    public async Task Receipt_FirstInItsOtherForm_CompletesTheExchange()
    {
        var exchange = await TestExchange.RequestAsync(world.Bob, await TestDocument.DepositAsync(world.Alice, world.Bob));
        var receipt = await exchange.SignAsync();

        var answer = (await exchange.SubmitReceiptAsync(Twin(receipt).Text)).Require(200);

        // The release names the receipt by what was signed: it fits either form.
        Assert.Contains(receipt.Hash, EvidenceToken.Parse(answer.Text("release")).Statement.References);
        Assert.Equal(answer.Text("release"), (await exchange.SubmitReceiptAsync(receipt.Text)).Require(200).Text("release"));
    }

    [Fact]
    public async Task Origin_InItsOtherForm_IsTheSameOrigin()
    {
        var document = await TestDocument.DepositAsync(world.Alice, world.Bob);
        var deposit = (await document.SubmitOriginAsync(document.Origin)).Require(200);

        var again = (await document.SubmitOriginAsync(Twin(document.Origin))).Require(200);

        Assert.Equal(deposit.Text("receipt"), again.Text("receipt"));
    }

    private static EvidenceToken Twin(EvidenceToken token)
    {
        var end = token.Text.LastIndexOf('.') + 1;
        var signature = Base64Url.DecodeFromChars(token.Text.AsSpan(end));
        var s = new BigInteger(signature.AsSpan(Half), isUnsigned: true, isBigEndian: true);
        var other = (Order - s).ToByteArray(isUnsigned: true, isBigEndian: true);
        signature.AsSpan(Half).Clear();
        other.CopyTo(signature, signature.Length - other.Length);
        var twin = EvidenceToken.Parse(token.Text[..end] + Base64Url.EncodeToString(signature));
        Assert.NotEqual(token.Text, twin.Text);
        Assert.Equal(token.Hash, twin.Hash);
        return twin;
    }
}
