using FairShare.Backup.Records;
using FairShare.Contracts.Backup;
using FairShare.Functions.Hosting;
using FairShare.Functions.Http;

namespace FairShare.Functions.Peer;

/// <summary>Gives up what was prepared, by order of an owner who found no quorum; the present share stays.</summary>
internal sealed class AbortRefresh(FunctionServices services) : IRouteHandler<BackupId, PeerOrder, RecordAnswer>
{
    public async Task<Answer<RecordAnswer>> HandleAsync(ApiCall<BackupId, PeerOrder> call, CancellationToken cancellationToken)
    {
        var order = await services.TakeOrderAsync<RefreshProgress>(PeerRoutes.AbortRefresh, call, cancellationToken);
        var step = await RefreshStep.BeginAsync(services, order, withKey: false, cancellationToken);
        if (step.Shares.Prepared is not null || step.Shares.Deal is not null || step.Stored.Kept.Key is not null)
        {
            var next = step.Shares with { Prepared = null, Deal = null, Dealt = null };
            var wrapped = await services.WrapAsync(order.Backup, next, step.Stored.Shares, cancellationToken);
            await services.SaveAsync(step.Stored.Kept, step.Stored.Kept with { Shares = wrapped, Key = null }, cancellationToken);
        }

        return new RecordAnswer(await RefreshRecord.SignAsync(services, order, step.Stored.Shares, step.Stored.Index, cancellationToken));
    }
}
