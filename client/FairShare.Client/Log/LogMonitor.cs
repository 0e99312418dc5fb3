using System.Globalization;
using FairShare.Core.Errors;
using FairShare.Log.Checkpoints;
using FairShare.Log.Leaves;
using FairShare.Log.Notes;
using FairShare.Log.Tiles;

namespace FairShare.Client.Log;

/// <summary>
/// Follows a log from one checkpoint to the next. It keeps the right edge of what it has seen, so that it needs nothing of the log but the
/// new entries to know whether the new root goes on from the old one.
/// </summary>
/// <param name="log">The log.</param>
/// <param name="key">The log's key, known from elsewhere than the log.</param>
/// <param name="time">The clock, which says when a size was first seen.</param>
public sealed class LogMonitor(LogClient log, NoteKey key, TimeProvider time)
{
    /// <summary>Looks at the log once.</summary>
    /// <param name="seen">What was seen before; <see cref="SeenLog.Nothing"/> at first.</param>
    /// <param name="cancellationToken">Stops it.</param>
    /// <returns>What is seen now, and what is wrong: with a finding, what was seen before stands.</returns>
    public async Task<(SeenLog Seen, IReadOnlyList<LogFinding> Findings)> LookAsync(SeenLog seen, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        SignedNote? note = null;
        Checkpoint checkpoint;
        try
        {
            note = await log.FindCheckpointAsync(cancellationToken).ConfigureAwait(false);
            if (note is null)
            {
                return seen.Edge.Size == 0 ? (seen, []) : Wrong(seen, "shrink", "The log has no checkpoint any more.", [seen.Note]);
            }

            checkpoint = Checkpoint.Open(note, key);
        }
        catch (ProtocolException fault)
        {
            return Wrong(seen, "unsigned", $"The checkpoint is not the log's: {fault.Message}", [note?.ToString() ?? ""]);
        }

        if (checkpoint.Size < seen.Edge.Size)
        {
            var sizes = string.Create(CultureInfo.InvariantCulture, $"{seen.Edge.Size} leaves, and now {checkpoint.Size}");
            return Wrong(seen, "shrink", $"The log had {sizes}.", [seen.Note, note.ToString()]);
        }

        return await GoOnAsync(seen, checkpoint, note, now, cancellationToken).ConfigureAwait(false);
    }

    private async Task<(SeenLog Seen, IReadOnlyList<LogFinding> Findings)> GoOnAsync(
        SeenLog seen,
        Checkpoint checkpoint,
        SignedNote note,
        DateTimeOffset now,
        CancellationToken cancellationToken
    )
    {
        LogEdge edge;
        try
        {
            var leaves = new List<LogLeaf>();
            await foreach (var entry in log.ReadEntriesAsync(seen.Edge.Size, checkpoint.Size, cancellationToken).ConfigureAwait(false))
            {
                leaves.Add(LogLeaf.Parse(entry));
            }

            edge = seen.Edge.Add(leaves).After;
        }
        catch (ProtocolException fault)
        {
            return Wrong(seen, "gap", $"Entries that the checkpoint covers cannot be read: {fault.Message}", [note.ToString()]);
        }

        if (edge.Root() == checkpoint.Root)
        {
            return (seen.GoOn(edge, note.ToString(), now), []);
        }

        return await IsConsistentAsync(seen, checkpoint, cancellationToken).ConfigureAwait(false)
            ? Wrong(seen, "forged-entry", "The entries that are served are not those of the checkpoint.", [note.ToString()])
            : Wrong(seen, "fork", "The log's checkpoint does not go on from the one that was seen before.", [seen.Note, note.ToString()]);
    }

    /// <summary>Whether the tiles, if not the entries, lead from the old root to the new one.</summary>
    private async Task<bool> IsConsistentAsync(SeenLog seen, Checkpoint checkpoint, CancellationToken cancellationToken)
    {
        try
        {
            var proof = await log.TreeOf(checkpoint.Size).ProveConsistencyAsync(seen.Edge.Size, cancellationToken).ConfigureAwait(false);
            return proof.Verify(seen.Edge.Root(), checkpoint.Root);
        }
        catch (ProtocolException)
        {
            return false;
        }
    }

    private static (SeenLog Seen, IReadOnlyList<LogFinding> Findings) Wrong(
        SeenLog seen,
        string code,
        string detail,
        IReadOnlyList<string> evidence
    ) => (seen, [new LogFinding(code, detail, [.. evidence.Where(note => note.Length > 0)])]);
}
