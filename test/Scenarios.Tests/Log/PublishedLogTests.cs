using FairShare.Exchange.Evidence;
using FairShare.Log.Checkpoints;
using FairShare.Log.Leaves;
using FairShare.Testing;
using Xunit;

namespace FairShare.Scenarios.Tests.Log;

public sealed class PublishedLogTests(ExchangeWorld world) : IClassFixture<ExchangeWorld>
{
    [Fact]
    public async Task Exchange_Completed_HasEveryTokenProvenByTheLog()
    {
        using var log = new LogWorld(world.Host);
        var document = await TestDocument.DepositAsync(world.Alice, world.Bob);
        var exchange = await TestExchange.RequestAsync(world.Bob, document);
        (await exchange.SubmitReceiptAsync()).Require(200);
        var tokens = await exchange.EvidenceAsync(world.Bob);
        var key = await log.KeyAsync();

        foreach (var name in new[] { "nro", "challenge", "nrr", "release" })
        {
            var text = tokens[name]!.GetValue<string>();
            var leaf = LogLeaf.OfToken(text);
            Assert.Equal(EvidenceToken.Parse(text).Hash, leaf.TokenHash);
            var proof = await log.ProofAsync(leaf.TokenHash);
            var checkpoint = proof.Verify(leaf, key);
            Assert.Equal(world.Host.Store.ToString(), checkpoint.Origin);
            Assert.Equal(checkpoint.Root, await log.Client.TreeOf(checkpoint.Size).RootAsync(CancellationToken.None));
        }

        var receipt = (await world.Alice.GetAsync($"/documents/{document.Id}")).Require(200).Text("receipt");
        Assert.NotNull(await log.ProofAsync(LogLeaf.OfToken(receipt).TokenHash));
    }

    [Fact]
    public async Task Checkpoints_OfTwoExchanges_AreConsistent()
    {
        using var log = new LogWorld(world.Host);
        var key = await log.KeyAsync();
        var first = await CheckpointAfterDepositAsync(log);
        var second = await CheckpointAfterDepositAsync(log);
        Assert.True(second.Size > first.Size);
        var proof = await log.Client.TreeOf(second.Size).ProveConsistencyAsync(first.Size);
        Assert.True(proof.Verify(first.Root, second.Root));
        var served = await world.Host.Http.GetStringAsync($"{world.Host.Embedded.ApiUrl}/log/consistency/{first.Size}/{second.Size}");
        Assert.Equal(string.Concat(proof.Hashes.Select(hash => hash.ToBase64() + "\n")), served);

        async Task<Checkpoint> CheckpointAfterDepositAsync(LogWorld log)
        {
            var document = await TestDocument.DepositAsync(world.Alice, world.Bob);
            var leaf = LogLeaf.OfToken(document.Origin.Text);
            return (await log.ProofAsync(leaf.TokenHash)).Verify(leaf, key);
        }
    }
}
