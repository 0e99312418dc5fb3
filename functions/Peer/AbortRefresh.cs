using FairShare.Backup.Records;
using FairShare.Contracts.Backup;
using FairShare.Functions.Hosting;
using FairShare.Functions.Http;

namespace FairShare.Functions.Peer;

/// <summary>
/// Gives up an attempt at the next epoch, by order of an owner who found no quorum; the present share stays, and what was prepared beside
/// it. A repeat changes nothing.
/// </summary>
internal sealed class AbortRefresh(FunctionServices services) : IRouteHandler<BackupId, PeerOrder, RecordAnswer>
{
    public async Task<Answer<RecordAnswer>> HandleAsync(ApiCall<BackupId, PeerOrder> call, CancellationToken cancellationToken)
    {
        var order = await services.TakeOrderAsync<RefreshProgress>(PeerRoutes.AbortRefresh, call, cancellationToken);
        var step = await RefreshStep.BeginAsync(services, order, withKey: false, cancellationToken);
        var next = RefreshStep.Take(() => step.Rules.GiveUp(step.Shares));
        if (next != step.Shares)
        {
            var wrapped = await services.WrapAsync(order.Backup, next, step.Stored.Shares, cancellationToken);
            await services.SaveAsync(step.Stored.Kept, step.Stored.Kept with { Shares = wrapped, Key = null }, cancellationToken);
        }

        return new RecordAnswer(await RefreshRecord.SignAsync(services, order, step.Stored.Shares, step.Stored.Index, cancellationToken));
    }
}
