using FairShare.Audit.Findings;
using FairShare.Audit.Work;
using FairShare.Core.Errors;
using FairShare.Log.Checkpoints;
using FairShare.Log.Leaves;
using FairShare.Log.Notes;
using FairShare.Log.Reading;
using FairShare.Log.Tiles;

namespace FairShare.Audit.Runs;

/// <summary>
/// Reads the log's entries from a known edge on, and computes the roots from them: that of what was seen before, and that of the
/// checkpoint.
/// </summary>
/// <param name="scope">Where it begins, and what is known.</param>
/// <param name="work">Takes the leaves.</param>
/// <param name="find">Takes what is wrong: code and sentence.</param>
internal sealed class LogPassage(AuditScope scope, IAuditWork work, Action<string, string> find)
{
    /// <summary>Whether the log could not be reached, so that what was not read of it may well be there.</summary>
    public bool IsCutOff { get; private set; }

    /// <summary>Reads.</summary>
    /// <param name="log">The log.</param>
    /// <param name="keysOf">The keys with which it may sign.</param>
    /// <param name="cancellationToken">Stops the reading.</param>
    /// <returns>What was read; null where the log is not what it must be, and from there no audit may go on.</returns>
    public async Task<AuditedLog?> ReadAsync(ILogFiles log, IReadOnlyList<NoteKey> keysOf, CancellationToken cancellationToken)
    {
        try
        {
            if (await log.FindCheckpointAsync(cancellationToken).ConfigureAwait(false) is not { } note)
            {
                return FindNone();
            }

            var signing = keysOf.FirstOrDefault(key => note.Signatures.Any(line => line.KeyId == key.Id)) ?? keysOf[0];
            return await ReadAsync(log, Checkpoint.Open(note, signing), cancellationToken).ConfigureAwait(false);
        }
        catch (ProtocolException fault)
        {
            find("log-unreadable", fault.Message);
            return null;
        }
        catch (LogUnavailableException fault)
        {
            IsCutOff = true;
            find(AuditFinding.Incomplete, fault.Message);
            return null;
        }
    }

    /// <summary>A log that nothing has entered yet has no checkpoint; the table shows whether something should have.</summary>
    private AuditedLog? FindNone()
    {
        if (scope.SeenSize == 0)
        {
            return new AuditedLog(0, scope.SeenRoot, scope.Edge, scope.Edge);
        }

        find("no-log", FormattableString.Invariant($"The log had {scope.SeenSize} leaves, and now it has no checkpoint."));
        return null;
    }

    private async Task<AuditedLog?> ReadAsync(ILogFiles log, Checkpoint checkpoint, CancellationToken cancellationToken)
    {
        if (checkpoint.Size < scope.SeenSize)
        {
            find("log-shrink", FormattableString.Invariant($"The log had {scope.SeenSize} leaves, and now {checkpoint.Size}."));
            return null;
        }

        var tree = new LogTree(log, checkpoint.Size);
        var seen = await AddAsync(scope.Edge, tree, scope.SeenSize, cancellationToken).ConfigureAwait(false);
        var end = scope.Limit < checkpoint.Size - seen.Size ? seen.Size + scope.Limit : checkpoint.Size;
        var read = await AddAsync(seen, tree, end, cancellationToken).ConfigureAwait(false);
        var proof = await tree.Merkle.ProveConsistencyAsync(read.Size, cancellationToken).ConfigureAwait(false);
        var isOfCheckpoint = proof.Verify(read.Root(), checkpoint.Root);
        if (!isOfCheckpoint)
        {
            find("log-root", "The entries that the log serves are not those of its checkpoint.");
        }

        if (seen.Root() != scope.SeenRoot)
        {
            find("log-fork", FormattableString.Invariant($"The first {scope.SeenSize} leaves are not those that were seen before."));
        }

        return isOfCheckpoint && seen.Root() == scope.SeenRoot ? new AuditedLog(checkpoint.Size, checkpoint.Root, seen, read) : null;
    }

    private async Task<LogEdge> AddAsync(LogEdge edge, LogTree tree, long end, CancellationToken cancellationToken)
    {
        var (batch, index) = (new List<LogLeaf>(), edge.Size);
        await foreach (var entry in tree.ReadEntriesAsync(edge.Size, end, cancellationToken).ConfigureAwait(false))
        {
            var leaf = LogLeaf.Parse(entry);
            work.AddLeaf(leaf, index++);
            batch.Add(leaf);
            if (batch.Count == TileAddress.FullWidth)
            {
                edge = edge.Add(batch).After;
                batch.Clear();
            }
        }

        return edge.Add(batch).After;
    }
}
