using System.Text.Json.Nodes;
using FairShare.Client.Log.Audit;
using FairShare.Log.Leaves;
using FairShare.Testing;
using Xunit;

namespace FairShare.Scenarios.Tests.Log;

public sealed class BackfillTests
{
    [Fact]
    public async Task Find_StoreWhoseStreamWasLost_EntersEveryTokenOnce()
    {
        // A mapping that hands nothing over stands for a stream that was lost.
        var template = JsonNode.Parse(TestHost.Template)!;
        template["Resources"]!
            .AsObject()
            .Single(resource => resource.Key.StartsWith("SequenceLogEvidence", StringComparison.Ordinal))
            .Value!["Properties"]!["Enabled"] = false;
        await using var host = await TestHost.StartAsync(new() { Listen = false }, template.ToJsonString());
        using var alice = await TestParty.JoinAsync(host, "alice");
        using var bob = await TestParty.JoinAsync(host, "bob");
        var document = await TestDocument.DepositAsync(alice, bob);
        var exchange = await TestExchange.RequestAsync(bob, document);
        (await exchange.SubmitReceiptAsync()).Require(200);
        using var log = new LogWorld(host);
        Assert.Null(await log.Client.FindCheckpointAsync(default));

        await InvokeAsync(host, await FindAsync(host));

        var key = await log.KeyAsync();
        var tokens = await exchange.EvidenceAsync(bob);
        foreach (var name in new[] { "nro", "challenge", "nrr", "release" })
        {
            var leaf = LogLeaf.OfToken(tokens[name]!.GetValue<string>());
            // Five of the exchange, and the certificates of both parties' keys.
            Assert.Equal(7, (await log.ProofAsync(leaf.TokenHash)).Verify(leaf, key).Size);
        }

        Assert.Empty(await FindAsync(host));
    }

    private static async Task<IReadOnlyList<JsonObject>> FindAsync(TestHost host)
    {
        using var table = new StringReader(await TableExport.LinesAsync(host));
        return await Backfill.FindAsync(table, default);
    }

    private static async Task InvokeAsync(TestHost host, IReadOnlyList<JsonObject> events)
    {
        foreach (var one in events)
        {
            Assert.Empty(await host.InvokeAsync(host.Embedded.Outputs["LogSequencerName"], one));
        }
    }
}
