using FairShare.Aws.Backup;
using FairShare.Backup.Integrity;
using FairShare.Backup.Records;
using FairShare.Contracts.Backup;
using FairShare.Core.Identifiers;
using FairShare.Functions.Hosting;
using FairShare.Functions.Http;

namespace FairShare.Functions.Peer;

/// <summary>Reads the whole body, and says under its seal what it found.</summary>
internal sealed class ProveShare(FunctionServices services) : IRouteHandler<BackupId, PeerOrder, RecordAnswer>
{
    public async Task<Answer<RecordAnswer>> HandleAsync(ApiCall<BackupId, PeerOrder> call, CancellationToken cancellationToken)
    {
        var standing = PeerOrders.StandingValidity;
        var order = await services.TakeOrderAsync<NothingMore>(PeerRoutes.ProveShare, call, standing, cancellationToken);
        var stored = order.RequireStored();
        await using var body =
            await services.Peer.Bucket.ReadAsync(PeerBucket.BodyKey(order.Backup, stored.Body.Slot), cancellationToken)
            ?? throw PeerProblems.NotStored.With("The body is gone.");
        var tree = await ShareTree.OfAsync(body, cancellationToken);
        var members = RecordMembers
            .Of(order.Backup, Timestamp.Truncate(services.Time.GetUtcNow()))
            .With("order", order.Hash)
            .With("index", stored.Index)
            .With("bodySize", stored.Body.Size)
            .With("root", tree.Root);
        return new RecordAnswer((await services.Peer.Seal.SignAsync(RecordKind.IntegrityProof, members, cancellationToken)).Text);
    }
}
