using FairShare.Aws.Log;
using Xunit;

namespace FairShare.Scenarios.Tests.Log;

/// <summary>
/// The order in which sequencers sign before they commit: a sequencer that loses has signed another root of the same size.
/// </summary>
public sealed class SequencerMutantTests(SequencerBench bench) : IClassFixture<SequencerBench>
{
    [Fact]
    public async Task Enter_SigningBeforeCommitting_SignsTwoRootsOfOneSize()
    {
        for (var seed = 0; seed < 20 && bench.ForkedAt is null; seed++)
        {
            var interleaving = new Interleaving(seed);
            await interleaving.RunAsync([
                .. Enumerable
                    .Range(0, 2)
                    .Select(number =>
                    {
                        var steps = bench.Steps(interleaving.HandlerOf(number, bench.Host.Embedded.CreateHandler()));
                        var tokens = bench.NewTokens(1);
                        return (Func<Task>)(() => EnterAsync(steps, tokens));
                    }),
            ]);
        }

        Assert.NotNull(bench.ForkedAt);
    }

    private static async Task EnterAsync(SequencerSteps steps, IReadOnlyList<LoggedToken> tokens)
    {
        while (true)
        {
            var head = await steps.ReadHeadAsync(default);
            if (!head.IsPublished)
            {
                var standing = await steps.ReadArchiveAsync(head, default);
                await PublishAsync(steps, standing, await steps.SignAsync(standing, default));
                continue;
            }

            var archive = await steps.ArchiveAsync(head, tokens, default);
            var note = await steps.SignAsync(archive, default);
            if (await steps.TryCommitAsync(archive, default))
            {
                await PublishAsync(steps, archive, note);
                return;
            }
        }
    }

    private static async Task PublishAsync(SequencerSteps steps, LogArchive archive, FairShare.Log.Notes.SignedNote note)
    {
        await steps.PublishTilesAsync(archive, default);
        await steps.PublishCheckpointAsync(archive, note, default);
    }
}
