using FairShare.Backup.Records;
using FairShare.Contracts.Backup;
using FairShare.Functions.Hosting;
using FairShare.Functions.Http;

namespace FairShare.Functions.Peer;

/// <summary>Step 6: with the certificate the next epoch begins, and the old share is erased.</summary>
internal sealed class ApplyRefresh(FunctionServices services) : IRouteHandler<BackupId, PeerOrder, RecordAnswer>
{
    public async Task<Answer<RecordAnswer>> HandleAsync(ApiCall<BackupId, PeerOrder> call, CancellationToken cancellationToken)
    {
        var order = await services.TakeRefreshOrderAsync(PeerRoutes.ApplyRefresh, call, cancellationToken);
        var stored = order.RequireStored();
        if (stored.Shares.Epoch == order.Content.Epoch + 1)
        {
            // A repeat: the answer to the first was lost.
            return new RecordAnswer(await RefreshRecord.SignAsync(services, order, stored.Shares, stored.Index, cancellationToken));
        }

        var step = await RefreshStep.BeginAsync(services, order, withKey: false, cancellationToken);
        var next = RefreshStep.Take(() => step.Rules.Finish(step.Shares, step.Transcript, step.Certificate));
        var applied = await services.WrapAsync(order.Backup, next, null, cancellationToken);
        applied = applied with { RefreshedAt = services.Time.GetUtcNow() };
        await services.SaveAsync(stored.Kept, stored.Kept with { Shares = applied, Key = null }, cancellationToken);
        return new RecordAnswer(await RefreshRecord.SignAsync(services, order, applied, stored.Index, cancellationToken));
    }
}
