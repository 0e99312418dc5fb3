using FairShare.Exchange.Evidence;
using FairShare.Testing;
using FairShare.Testing.Oracle;
using Xunit;

namespace FairShare.Scenarios.Tests.Exchange;

/// <summary>The uploader's own evidence of a document: of its deposit, and of its withdrawal; both verify offline.</summary>
public sealed class WithdrawalTests
{
    [Theory]
    [InlineData(0)]
    [InlineData(10)]
    [InlineData(-10)]
    public async Task Abort_ClockOfTheAbortDiffers_ItsRecordVerifiesWithTheDeposit(int seconds)
    {
        var time = new ShiftedTime();
        await using var host = await TestHost.StartAsync(new() { Listen = false, Time = time });
        using var alice = await TestParty.JoinAsync(host, "alice");
        using var bob = await TestParty.JoinAsync(host, "bob");
        time.Advance(TimeSpan.FromMinutes(1));
        var document = await TestDocument.RequestUploadAsync(alice, null, bob);
        await document.UploadAsync();
        var receipt = (await document.SubmitOriginAsync()).Require(200).Text("receipt");
        var exchange = await TestExchange.RequestAsync(bob, document);
        time.Advance(TimeSpan.FromSeconds(seconds));

        var record = (await alice.PostAsync($"/documents/{document.Id}/abort")).Require(200).Text("record");

        await ExchangeEnd.OfAsync(exchange, time);
        var keys = GivenEvidence.Read((await alice.GetAsync($"/exchanges/{exchange.Id}/evidence")).Require(200)).Keys;
        var (checks, _) = DepositEvidence.Verify(document.Origin.Text, receipt, record, keys);
        Assert.All(checks, check => Assert.True(check.Passed, $"{check.Name}: {check.Detail}"));
    }
}
