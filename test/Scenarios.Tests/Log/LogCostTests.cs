using System.Globalization;
using System.Text.Json.Nodes;
using FairShare.Aws.Log;
using FairShare.Testing;
using Xunit;

namespace FairShare.Scenarios.Tests.Log;

/// <summary>
/// What the log costs at a million exchanges a month, one shard and a window of a minute, as the table in docs/log.md says: a batch of 23
/// exchanges, counted by the host's own meter. How long the function runs depends on the machine: the page's assumption stands in for it.
/// </summary>
public sealed class LogCostTests(SequencerBench bench) : IClassFixture<SequencerBench>
{
    private const int Exchanges = 23;
    private const int TokensOfAnExchange = 5;
    private const double FunctionSeconds = 0.4;

    [Fact]
    public async Task Batch_OfAMinute_CostsWhatThePageSays()
    {
        // The first batch records the key, and makes the checkpoint that others replace.
        await new Sequencer(bench.Steps()).EnterAsync(bench.NewTokens(300), default);
        var sequencer = new Sequencer(bench.Steps());
        await sequencer.EnterAsync(bench.NewTokens(1), default);
        var before = bench.Host.Embedded.MeterTotals.ToDictionary();
        await sequencer.EnterAsync(bench.NewTokens(Exchanges * TokensOfAnExchange), default);
        var used = bench.Host.Since(before);
        // The sequencer ran here, and not as the function that it is.
        used["lambda.request"] = 1;

        Assert.Equal(
            "115 tokens: 1 signature, 4 puts, 2 gets of S3, 117 units written, 116 read",
            string.Create(
                CultureInfo.InvariantCulture,
                $"115 tokens: {used["kms.eccOperation"]} signature, {used["s3.put"]} puts, {used["s3.get"]} gets of S3, "
                    + $"{used["dynamodb.writeRequestUnit"]} units written, {used["dynamodb.readRequestUnit"]} read"
            )
        );
        Assert.Equal(5.45, MeteredUnits.Dollars(used, FunctionSeconds) / Exchanges, 0.01);
    }

    /// <summary>Most of what is put into the table is no token, the log's own leaves among it.</summary>
    [Fact]
    public async Task Batch_WithoutAToken_CostsItsCallAlone()
    {
        var inserted = new JsonObject
        {
            ["eventName"] = "INSERT",
            ["dynamodb"] = new JsonObject
            {
                ["SequenceNumber"] = "1",
                ["Keys"] = new JsonObject
                {
                    ["pk"] = new JsonObject { ["S"] = "LOG#none" },
                    ["sk"] = new JsonObject { ["S"] = "LEAF" },
                },
                ["NewImage"] = new JsonObject(),
            },
        };
        await Quiet.UntilAsync([bench.Host.Embedded]);
        var before = bench.Host.Embedded.MeterTotals.ToDictionary();

        Assert.Empty(
            await bench.Host.InvokeAsync(
                bench.Host.Embedded.Outputs["LogSequencerName"],
                new JsonObject { ["Records"] = new JsonArray(inserted) }
            )
        );

        Assert.Equal(0, bench.Host.Since(before).GetValueOrDefault("dynamodb.readRequestUnit"));
    }
}
