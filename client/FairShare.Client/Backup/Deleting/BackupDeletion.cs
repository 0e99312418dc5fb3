using FairShare.Backup.Records;
using FairShare.Client.Backup.Peers;
using FairShare.Contracts.Backup;

namespace FairShare.Client.Backup.Deleting;

/// <summary>What came of a deletion.</summary>
/// <param name="Receipts">The peers that confirmed it, with their records.</param>
/// <param name="Failures">Those that did not.</param>
public sealed record DeletedBackup(
    IReadOnlyList<(KnownPeer Peer, BackupRecord Receipt)> Receipts,
    IReadOnlyList<(KnownPeer Peer, PeerFailure Failure)> Failures
)
{
    /// <summary>Orders for the peers that did not answer: good for thirty days, for whoever carries them.</summary>
    public IReadOnlyList<(KnownPeer Peer, PeerOrder Order)> Standing { get; init; } = [];
}

/// <summary>Deletes a backup at all peers. It is deleted once fewer than m of them may still have a share.</summary>
/// <param name="session">Owner and peers.</param>
public sealed class BackupDeletion(BackupSession session)
{
    private static readonly TimeSpan Validity = TimeSpan.FromDays(30);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    /// <summary>Deletes a backup; a repeat asks all peers again.</summary>
    public async Task<DeletedBackup> RunAsync(BackupId backup, CancellationToken cancellationToken)
    {
        var orders = await Task.WhenAll(session.Peers.Peers.Select(peer => SignAsync(peer, backup, cancellationToken)))
            .ConfigureAwait(false);
        var outcomes = await PeerGroup
            .AskAsync(
                session.Peers.Peers,
                peer => DeleteAsync(peer, backup, orders.Single(one => one.Peer == peer).Order, cancellationToken)
            )
            .ConfigureAwait(false);
        return new DeletedBackup(
            [.. outcomes.Where(one => one.Value is not null).Select(one => (one.Peer.Peer, one.Value!))],
            [.. outcomes.Where(one => one.Failure is not null).Select(one => (one.Peer.Peer, one.Failure!))]
        )
        {
            Standing =
            [
                .. outcomes
                    .Where(one => one.Failure is not null)
                    .Select(one => (one.Peer.Peer, orders.Single(order => order.Peer == one.Peer).Order)),
            ],
        };
    }

    /// <summary>Takes back what was stored of a backup that did not come about; who does not answer in a while is not waited for.</summary>
    internal async Task TakeBackAsync(BackupId backup)
    {
        using var patience = new CancellationTokenSource(Patience, session.Time);
        try
        {
            await RunAsync(backup, patience.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            // The reason for which there is no backup is told, not this.
        }
    }

    private static async Task<(PeerConnection Peer, PeerOrder Order)> SignAsync(
        PeerConnection peer,
        BackupId backup,
        CancellationToken cancellationToken
    ) => (peer, await peer.SignAsync(PeerRoutes.DeleteShare, backup, new NothingMore(), Validity, cancellationToken).ConfigureAwait(false));

    private static async Task<BackupRecord> DeleteAsync(
        PeerConnection peer,
        BackupId backup,
        PeerOrder order,
        CancellationToken cancellationToken
    )
    {
        var answer = await peer.GiveAsync(PeerRoutes.DeleteShare, backup, order, cancellationToken).ConfigureAwait(false);
        var record = peer.Read(answer.Record, RecordKind.DeletionReceipt, backup);
        var asked = BackupRecord.Parse(order.Order, RecordKind.BackupOrder).Hash;
        return record.Members.Digest("order") == asked ? record : throw peer.BadAnswer("a deletion receipt for another order");
    }
}
