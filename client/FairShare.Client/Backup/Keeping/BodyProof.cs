using FairShare.Backup.Records;
using FairShare.Client.Backup.Peers;
using FairShare.Client.Http;
using FairShare.Contracts.Backup;
using FairShare.Core.Errors;

namespace FairShare.Client.Backup.Keeping;

/// <summary>Has a peer read its whole body, a piece a call, and takes what it signs of it.</summary>
/// <param name="peer">The peer.</param>
/// <param name="manifest">The manifest that stands.</param>
internal sealed class BodyProof(PeerConnection peer, BackupManifest manifest)
{
    // One order is good for all pieces: a peer takes up nothing that it read for another.
    private static readonly TimeSpan Validity = TimeSpan.FromDays(1);

    /// <summary>Asks for the proof; once more from the beginning where the body was replaced meanwhile.</summary>
    /// <exception cref="FairShareProblem">The peer refused.</exception>
    /// <exception cref="BackupProblem"><see cref="BackupProblem.BadAnswer"/>.</exception>
    public async Task<(ProofAnswer Answer, BackupRecord Record)> AskAsync(CancellationToken cancellationToken)
    {
        var order = await peer.SignAsync(PeerRoutes.ProveShare, manifest.Backup, new NothingMore(), Validity, cancellationToken)
            .ConfigureAwait(false);
        try
        {
            return await ReadAsync(order, cancellationToken).ConfigureAwait(false);
        }
        catch (FairShareProblem problem) when (problem.Code == PeerProblems.ProofOutdated.Code)
        {
            return await ReadAsync(order, cancellationToken).ConfigureAwait(false);
        }
    }

    private async Task<(ProofAnswer Answer, BackupRecord Record)> ReadAsync(PeerOrder order, CancellationToken cancellationToken)
    {
        var hash = BackupRecord.Parse(order.Order, RecordKind.BackupOrder).Hash;
        for (var read = 0L; ; )
        {
            var answer = await peer.GiveAsync(PeerRoutes.ProveShare, manifest.Backup, order, cancellationToken).ConfigureAwait(false);
            var kind = answer.IsOver ? RecordKind.IntegrityProof : RecordKind.IntegrityProgress;
            var record = peer.Read(answer.Record, kind, manifest.Backup);
            if (!answer.IsOver)
            {
                read = RequireFurther(record, read);
                order = order with { Said = answer.Record };
                continue;
            }

            return record.Members.Digest("order") == hash ? (answer, record) : throw peer.BadAnswer("a proof for another order");
        }
    }

    private long RequireFurther(BackupRecord record, long read)
    {
        try
        {
            var progress = IntegrityProgress.Read(record);
            return progress.IsBeyond(read, manifest.BodySize)
                ? progress.Tally.Found.Leaves
                : throw peer.BadAnswer("a proof that does not go on");
        }
        catch (TokenException fault)
        {
            throw peer.BadAnswer($"an {RecordKind.IntegrityProgress} that is refused: {fault.Code}");
        }
    }
}
