using System.Text;
using FairShare.Aws.Backup;
using FairShare.Backup.Integrity;
using FairShare.Backup.Records;
using FairShare.Contracts.Backup;
using FairShare.Core.Digests;
using FairShare.Core.Errors;
using FairShare.Core.Identifiers;
using FairShare.Functions.Hosting;
using FairShare.Functions.Http;
using FairShare.Functions.Metrics;

namespace FairShare.Functions.Peer;

/// <summary>
/// Reads the body piece by piece, a piece a call, and says under its seal what it found. Between two pieces it keeps nothing: where it
/// stopped is signed, and comes back with the same order.
/// </summary>
internal sealed class ProveShare(FunctionServices services) : IRouteHandler<BackupId, PeerOrder, ProofAnswer>, ICountedOutcomes<ProofAnswer>
{
    // What is said of a body should not be put together of what it was at times far apart.
    private static readonly TimeSpan Longest = TimeSpan.FromDays(1);

    public string? MetricOf(ProofAnswer answer) => answer.IsOver ? OutcomeMetrics.BackupChecks : null;

    public string? MetricOf(ProtocolException refusal) => null;

    public async Task<Answer<ProofAnswer>> HandleAsync(ApiCall<BackupId, PeerOrder> call, CancellationToken cancellationToken)
    {
        var standing = PeerOrders.StandingValidity;
        var order = await services.TakeOrderAsync<NothingMore>(PeerRoutes.ProveShare, call, standing, cancellationToken);
        var stored = order.RequireStored();
        var now = Timestamp.Truncate(services.Time.GetUtcNow());
        var before = call.Request.Said is { } said ? await RequireAsync(order, said, now, cancellationToken) : null;
        var (tally, leaves) = (before?.Tally ?? new BodyTally(), services.PieceLeaves());
        await using var piece = await services.OpenPieceAsync(stored, tally.Found.Leaves, leaves, cancellationToken);
        var body = Sha256Digest.Of(Encoding.UTF8.GetBytes($"{stored.Body.Slot} {piece.Tag}"));
        if (before is not null && before.Body != body)
        {
            throw PeerProblems.ProofOutdated.With("The body is another than the one whose first pieces were read.");
        }

        await ReadAsync(stored, piece, tally, leaves, cancellationToken);
        var begun = before?.Begun ?? now;
        // A body that is longer than it was is wrong already; how long it is does not matter.
        return tally.Found.Leaves < Math.Min(ShareTree.LeavesOf(piece.Size), ShareTree.LeavesOf(stored.Body.Size) + 1)
            ? await StopAsync(order, new IntegrityProgress(order.Hash, body, begun, tally), now, cancellationToken)
            : await ProveAsync(order, stored, tally, begun, now, cancellationToken);
    }

    private async Task<IntegrityProgress> RequireAsync(
        FollowedOrder<NothingMore> order,
        string said,
        DateTimeOffset now,
        CancellationToken cancellationToken
    )
    {
        var seal = await services.Peer.Seal.GetKeyAsync(cancellationToken);
        var record = BackupRecord.Verify(said, RecordKind.IntegrityProgress, seal);
        var progress = IntegrityProgress.Read(record);
        return record.Members.Backup == order.Backup && progress.Order == order.Hash && now - progress.Begun < Longest
            ? progress
            : throw PeerProblems.ProofOutdated.With("What was read before is of another order, or a day old.");
    }

    private async Task ReadAsync(StoredBackup stored, ObjectRange piece, BodyTally tally, int leaves, CancellationToken cancellationToken)
    {
        var hashes = await services.ReadHashesAsync(stored, tally.Found.Leaves, leaves, cancellationToken);
        var leaf = new byte[ShareTree.LeafSize];
        for (var number = 0; number < leaves; number++)
        {
            var read = await piece.Octets.ReadAtLeastAsync(leaf, leaf.Length, throwOnEndOfStream: false, cancellationToken);
            // Only an empty body has an empty leaf.
            if (read > 0 || tally.Found.Leaves == 0)
            {
                tally.Take(leaf.AsSpan(0, read), BodyPieces.HashOf(hashes, number));
            }
        }
    }

    private async Task<ProofAnswer> StopAsync(
        FollowedOrder<NothingMore> order,
        IntegrityProgress progress,
        DateTimeOffset now,
        CancellationToken cancellationToken
    )
    {
        var members = progress.ToMembers(order.Backup, now);
        return new ProofAnswer(
            (await services.Peer.Seal.SignAsync(RecordKind.IntegrityProgress, members, cancellationToken)).Text,
            [],
            false
        );
    }

    private async Task<ProofAnswer> ProveAsync(
        FollowedOrder<NothingMore> order,
        StoredBackup stored,
        BodyTally tally,
        DateTimeOffset begun,
        DateTimeOffset now,
        CancellationToken cancellationToken
    )
    {
        var members = RecordMembers
            .Of(order.Backup, now)
            .With("order", order.Hash)
            .With("index", stored.Index)
            .With("bodySize", stored.Body.Size)
            .With("root", tally.Found.Root)
            .With("begun", begun);
        var record = await services.Peer.Seal.SignAsync(RecordKind.IntegrityProof, members, cancellationToken);
        // The hashes that were stored beside the body say which leaves; whoever asked looks at those itself.
        var isKnown = stored.Index > 0 && tally.IsBeside(stored.Manifest.Roots[stored.Index - 1]);
        return new ProofAnswer(record.Text, isKnown ? tally.Wrong : []);
    }
}
