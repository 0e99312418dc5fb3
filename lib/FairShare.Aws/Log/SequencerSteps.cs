using System.Text;
using FairShare.Core.Errors;
using FairShare.Core.Identifiers;
using FairShare.Log.Checkpoints;
using FairShare.Log.Notes;
using FairShare.Log.Tiles;

namespace FairShare.Aws.Log;

/// <summary>The steps by which tokens enter the log; each may be repeated, by whomever. <see cref="Sequencer"/> has their order.</summary>
/// <param name="heads">The log's head.</param>
/// <param name="leaves">The places of tokens.</param>
/// <param name="keys">The record of the log's keys.</param>
/// <param name="bucket">The log's bucket.</param>
/// <param name="signer">The log's key.</param>
/// <param name="time">The clock.</param>
public sealed class SequencerSteps(LogHeads heads, LogLeaves leaves, LogKeys keys, LogBucket bucket, LogSigner signer, TimeProvider time)
{
    private bool isKeyRecorded;

    /// <summary>Step 1: how far the log has come.</summary>
    public Task<LogHead> ReadHeadAsync(CancellationToken cancellationToken) => heads.ReadAsync(cancellationToken);

    /// <summary>Step 2: the tokens that the log does not have. It counts only after step 1, and with everything published.</summary>
    public Task<IReadOnlyList<LoggedToken>> DropKnownAsync(IEnumerable<LoggedToken> tokens, CancellationToken cancellationToken) =>
        leaves.WithoutKnownAsync(tokens, cancellationToken);

    /// <summary>Step 3: archives the batch, before anything commits it.</summary>
    public async Task<LogArchive> ArchiveAsync(LogHead head, IReadOnlyList<LoggedToken> tokens, CancellationToken cancellationToken)
    {
        var edge = head.Size == 0 ? LogEdge.Empty : (await ReadArchiveAsync(head, cancellationToken)).Edge();
        var archive = LogArchive.Add(head, edge, tokens);
        await bucket.PutArchiveAsync(archive.Key, archive.Write(), cancellationToken);
        return archive;
    }

    /// <summary>Step 4: commits the batch.</summary>
    /// <returns>False where another was committed meanwhile; then this one is not, and never will be.</returns>
    public Task<bool> TryCommitAsync(LogArchive archive, CancellationToken cancellationToken) =>
        heads.TrySwapAsync(archive.Before, archive.After, cancellationToken);

    /// <summary>Step 5: signs what is committed. The log's key is recorded before it signs for the first time.</summary>
    public async Task<SignedNote> SignAsync(LogArchive archive, CancellationToken cancellationToken)
    {
        if (!isKeyRecorded)
        {
            await keys.RecordAsync(await signer.GetKeyAsync(cancellationToken), Timestamp.Truncate(time.GetUtcNow()), cancellationToken);
            isKeyRecorded = true;
        }

        var text = new Checkpoint(signer.Origin, archive.Size, archive.Root).ToText();
        return new SignedNote(text, [await signer.SignAsync(text, cancellationToken)]);
    }

    /// <summary>Step 6: publishes the tiles, then the places of the tokens.</summary>
    public async Task PublishTilesAsync(LogArchive archive, CancellationToken cancellationToken)
    {
        foreach (var tile in archive.Tiles)
        {
            await bucket.PutTileAsync(tile, cancellationToken);
        }

        await leaves.RecordAsync(archive.Tokens, archive.Before.Size, cancellationToken);
    }

    /// <summary>Step 7: publishes the checkpoint, unless a newer one is.</summary>
    public async Task PublishCheckpointAsync(LogArchive archive, SignedNote note, CancellationToken cancellationToken)
    {
        var content = Encoding.UTF8.GetBytes(note.ToString());
        while (true)
        {
            var standing = await bucket.FindAsync(LogBucket.CheckpointKey, cancellationToken);
            if (
                (standing is { } found && Checkpoint.Parse(SignedNote.Parse(found.Content).Text).Size >= archive.Size)
                || await bucket.TryPutCheckpointAsync(content, standing?.ETag, cancellationToken)
            )
            {
                break;
            }
        }

        await heads.SetPublishedAsync(archive.Size, cancellationToken);
    }

    /// <summary>Reads the archive of a head.</summary>
    /// <exception cref="ProtocolException"><c>invalid-archive</c>: it is not that of the head.</exception>
    /// <exception cref="InvalidOperationException">The archive is gone.</exception>
    public async Task<LogArchive> ReadArchiveAsync(LogHead head, CancellationToken cancellationToken)
    {
        var found =
            await bucket.FindAsync(head.Archive, cancellationToken)
            ?? throw new InvalidOperationException($"The log's archive {head.Archive} is gone.");
        var archive = LogArchive.Read(found.Content);
        return archive.Size == head.Size && archive.Root == head.Root
            ? archive
            : throw new ProtocolException("invalid-archive", "The archive is another head's.");
    }
}
