using System.Globalization;
using FairShare.Scenarios.Tests.Timestamps;
using FairShare.Testing;
using Xunit;

namespace FairShare.Scenarios.Tests.Log;

/// <summary>
/// What a stamp and the registration of a key with its certificate cost, counted by the host's own meter, as the table in docs/log.md says.
/// How long functions run depends on the machine: the page's assumption stands in for it.
/// </summary>
public sealed class RecordCostTests : IAsyncLifetime
{
    private const double FunctionSeconds = 0.03;

    // One stamp covers a batch of the log, and a key signs for so many exchanges.
    private const double ExchangesOfAStamp = 23;
    private const double ExchangesOfAKey = 10;
    private const double LogOfAnExchange = 5.45;

    private TestHost host = null!;
    private TestParty alice = null!;

    public async ValueTask InitializeAsync()
    {
        host = await TestHost.StartAsync(new() { Listen = false }, TestTemplate.WithoutLog(), isJudged: false);
        alice = await TestParty.SignUpAsync(host, "alice");
        // The first of each pays for what is fetched once.
        await Stamping.StampAsync(alice, "warm");
        using var signer = new TestSigner();
        await alice.RegisterKeyAsync(signer);
    }

    public async ValueTask DisposeAsync()
    {
        alice.Dispose();
        await host.DisposeAsync();
    }

    [Fact]
    public async Task StampAndCertificate_WithTheLog_CostLessThanTheBudget()
    {
        var stamp = await MeterAsync(() => Stamping.StampAsync(alice, "checkpoint"));
        using var signer = new TestSigner();
        var key = await MeterAsync(() => alice.RegisterKeyAsync(signer));

        Assert.Equal(
            """
            stamp: 1 calls, 1 functions, 1 signatures, 0 units read, 1 written, 16.95 USD
            key: 2 calls, 2 functions, 1 signatures, 1 units read, 11 written, 24.65 USD
            """,
            $"stamp: {Described(stamp)}\nkey: {Described(key)}"
        );
        Assert.InRange(
            LogOfAnExchange
                + (MeteredUnits.Dollars(stamp, FunctionSeconds) / ExchangesOfAStamp)
                + (MeteredUnits.Dollars(key, FunctionSeconds) / ExchangesOfAKey),
            0,
            15
        );
    }

    private async Task<Dictionary<string, double>> MeterAsync(Func<Task> act)
    {
        var before = host.Embedded.MeterTotals.ToDictionary();
        await act();
        return host.Since(before);
    }

    private static string Described(Dictionary<string, double> used) =>
        string.Create(
            CultureInfo.InvariantCulture,
            $"{used["apiGateway.httpRequest"]} calls, {used["lambda.request"]} functions, {used["kms.eccOperation"]} signatures, "
                + $"{used["dynamodb.readRequestUnit"]} units read, {used["dynamodb.writeRequestUnit"]} written, "
                + $"{MeteredUnits.Dollars(used, FunctionSeconds):0.00} USD"
        );
}
