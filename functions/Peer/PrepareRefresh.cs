using FairShare.Backup.Records;
using FairShare.Contracts.Backup;
using FairShare.Functions.Hosting;
using FairShare.Functions.Http;

namespace FairShare.Functions.Peer;

/// <summary>Step 5: prepares the next share beside the present one, and says so of one transcript alone.</summary>
internal sealed class PrepareRefresh(FunctionServices services) : IRouteHandler<BackupId, PeerOrder, RecordAnswer>
{
    public async Task<Answer<RecordAnswer>> HandleAsync(ApiCall<BackupId, PeerOrder> call, CancellationToken cancellationToken)
    {
        var order = await services.TakeRefreshOrderAsync(PeerRoutes.PrepareRefresh, call, cancellationToken);
        var step = await RefreshStep.BeginAsync(services, order, withKey: true, cancellationToken);
        var (kept, prepared) = RefreshStep.Take(() => step.Rules.Prepare(step.Shares, step.Transcript));
        if (step.Shares.Prepared is null)
        {
            await step.KeepAsync(kept, null, cancellationToken);
        }

        return new RecordAnswer(
            await step.SignAsync(
                RecordKind.RefreshPrepared,
                (backup, epoch, gen) => RefreshRecords.Write(prepared, backup, epoch, gen),
                cancellationToken
            )
        );
    }
}
