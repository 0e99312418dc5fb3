using FairShare.Aws.Log;
using Xunit;

namespace FairShare.Scenarios.Tests.Log;

/// <summary>
/// Whatever is interrupted, and whoever else does the same at the same time: never two signed checkpoints of one size, and no token lost
/// or twice.
/// </summary>
public sealed class SequencerTests(SequencerBench bench) : IClassFixture<SequencerBench>
{
    private const int Calls = 20;
    private const int Seeds = 12;

    [Fact]
    public async Task Enter_EndedAtEachCall_IsRepairedByTheNext()
    {
        var crashed = 0;
        for (var point = 0; point < 2 * Calls; point++)
        {
            var tokens = bench.NewTokens(3);
            var interleaving = new Interleaving(point);
            interleaving.Crash(0, point);
            var first = new Sequencer(bench.Steps(interleaving.HandlerOf(0, bench.Host.Embedded.CreateHandler())));
            var entered = false;
            await interleaving.RunAsync([async () => entered = (await first.EnterAsync(tokens, default)).New.Count > 0]);
            crashed += entered ? 0 : 1;

            await new Sequencer(bench.Steps()).EnterAsync([tokens[0], .. bench.NewTokens(1)], default);
            await new Sequencer(bench.Steps()).EnterAsync(tokens, default);
        }

        await bench.RequireWholeAsync();
        Assert.InRange(crashed, 20, (2 * Calls) - 1);
    }

    [Fact]
    public async Task Enter_ThreeAtOnceSomeOfThemEnded_KeepsEveryPromise()
    {
        for (var seed = 0; seed < Seeds; seed++)
        {
            var interleaving = new Interleaving(seed);
            // Their batches overlap, as those of shards do when records are delivered anew.
            var (shared, own) = (bench.NewTokens(2), Enumerable.Range(0, 3).Select(_ => bench.NewTokens(1 + (seed % 3))).ToList());
            if (seed % 2 == 1)
            {
                interleaving.Crash(seed % 3, 2 * seed);
            }

            await interleaving.RunAsync([
                .. own.Select(
                    (tokens, number) =>
                    {
                        var handler = interleaving.HandlerOf(number, bench.Host.Embedded.CreateHandler());
                        var sequencer = new Sequencer(bench.Steps(handler));
                        return (Func<Task>)(() => sequencer.EnterAsync([.. shared, .. tokens], default));
                    }
                ),
            ]);
            foreach (var tokens in own)
            {
                await new Sequencer(bench.Steps()).EnterAsync([.. shared, .. tokens], default);
            }
        }

        await bench.RequireWholeAsync();
    }

    [Fact]
    public async Task Enter_WhatIsThereAlready_ChangesNothing()
    {
        var tokens = bench.NewTokens(2);
        var sequencer = new Sequencer(bench.Steps());
        Assert.Equal(2, (await sequencer.EnterAsync([.. tokens, .. tokens], default)).New.Count);
        Assert.Empty((await sequencer.EnterAsync(tokens, default)).New);
        await bench.RequireWholeAsync();
    }
}
