using FairShare.Aws.Backup;
using FairShare.Backup.Records;
using FairShare.Contracts.Backup;
using FairShare.Core.Identifiers;
using FairShare.Functions.Hosting;
using FairShare.Functions.Http;

namespace FairShare.Functions.Peer;

/// <summary>
/// Erases everything of a backup, and says so. The objects go first: what says that they are there goes when they are gone.
/// </summary>
internal sealed class DeleteShare(FunctionServices services) : IRouteHandler<BackupId, PeerOrder, RecordAnswer>
{
    public async Task<Answer<RecordAnswer>> HandleAsync(ApiCall<BackupId, PeerOrder> call, CancellationToken cancellationToken)
    {
        var standing = PeerOrders.DeletionValidity;
        var order = await services.TakeOrderAsync<NothingMore>(PeerRoutes.DeleteShare, call, standing, cancellationToken);
        if (order.Kept is { } kept)
        {
            await EraseAsync(kept, cancellationToken);
        }

        var members = RecordMembers
            .Of(order.Backup, Timestamp.Truncate(services.Time.GetUtcNow()))
            .With("order", order.Hash)
            .With("state", order.Kept is null ? "absent" : "deleted");
        return new RecordAnswer((await services.Peer.Seal.SignAsync(RecordKind.DeletionReceipt, members, cancellationToken)).Text);
    }

    // A deletion that is repeated erases what was written since by a request that the peer had signed before.
    private async Task EraseAsync(KeptBackup kept, CancellationToken cancellationToken)
    {
        var erased = kept with
        {
            Phase = KeptPhase.Deleted,
            Body = null,
            Replaced = null,
            Pending = null,
            Dropped = services.DropAll(kept),
            Shares = null,
        };
        await services.EraseAsync(kept, before: null, cancellationToken);
        await services.EraseAsync(erased, kept, cancellationToken);
        if (kept.Phase != KeptPhase.Deleted || erased.Dropped.Count < kept.Dropped.Count)
        {
            await services.SaveAsync(kept, erased, cancellationToken);
        }
    }
}
