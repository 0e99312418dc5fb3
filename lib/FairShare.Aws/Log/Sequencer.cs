namespace FairShare.Aws.Log;

/// <summary>
/// Enters tokens into the log, in an order that keeps every promise when it is interrupted anywhere and when others do the same: what is
/// signed is committed before. docs/log.md has the order, and why.
/// </summary>
/// <param name="steps">The steps.</param>
public sealed class Sequencer(SequencerSteps steps)
{
    /// <summary>Enters tokens, and publishes the log with them; those that the log has already change nothing, nor does a repeat.</summary>
    /// <returns>The tokens that were new, and the log's size with them.</returns>
    public async Task<SequencedBatch> EnterAsync(IReadOnlyList<LoggedToken> tokens, CancellationToken cancellationToken)
    {
        while (true)
        {
            var head = await steps.ReadHeadAsync(cancellationToken);
            if (!head.IsPublished)
            {
                await PublishAsync(await steps.ReadArchiveAsync(head, cancellationToken), cancellationToken);
                continue;
            }

            var unknown = await steps.DropKnownAsync(tokens, cancellationToken);
            if (unknown.Count == 0)
            {
                return new SequencedBatch([], head.Size);
            }

            var archive = await steps.ArchiveAsync(head, unknown, cancellationToken);
            if (await steps.TryCommitAsync(archive, cancellationToken))
            {
                await PublishAsync(archive, cancellationToken);
                return new SequencedBatch(unknown, archive.Size);
            }
        }
    }

    private async Task PublishAsync(LogArchive archive, CancellationToken cancellationToken)
    {
        var note = await steps.SignAsync(archive, cancellationToken);
        await steps.PublishTilesAsync(archive, cancellationToken);
        await steps.PublishCheckpointAsync(archive, note, cancellationToken);
    }
}

/// <summary>What entered the log.</summary>
/// <param name="New">The tokens that it did not have.</param>
/// <param name="Size">Its size afterwards, in leaves.</param>
public sealed record SequencedBatch(IReadOnlyList<LoggedToken> New, long Size);
