using FairShare.Aws.Backup;
using FairShare.Backup.Records;
using FairShare.Contracts.Backup;
using FairShare.Functions.Hosting;
using FairShare.Functions.Http;

namespace FairShare.Functions.Peer;

/// <summary>Takes another manifest where it follows the present one, and gives the one that stands then.</summary>
internal sealed class TakeManifest(FunctionServices services) : IRouteHandler<BackupId, PeerOrder, ManifestAnswer>
{
    public async Task<Answer<ManifestAnswer>> HandleAsync(ApiCall<BackupId, PeerOrder> call, CancellationToken cancellationToken)
    {
        var order = await services.TakeOrderAsync<ManifestRequest>(PeerRoutes.TakeManifest, call, cancellationToken);
        if (order.Kept?.Phase == KeptPhase.Deleted)
        {
            throw order.NotFound();
        }

        var stored = order.RequireStored();
        var text = stored.Record.Text;
        if (order.Content.Manifest is { } next && next != text)
        {
            text = order.RequireManifest(next).Text;
            await services.SaveAsync(stored.Kept, stored.Kept with { Manifest = text }, cancellationToken);
        }

        var key = PeerBucket.BodyKey(order.Backup, stored.Body.Slot);
        var isThere = await services.Peer.Bucket.IsStoredAsync(key, stored.Body.Digest, stored.Body.Size, cancellationToken);
        return new ManifestAnswer(text, stored.Shares.Epoch, stored.Shares.HasCurrent, isThere == true);
    }
}
