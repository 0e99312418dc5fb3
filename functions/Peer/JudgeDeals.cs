using FairShare.Backup.Records;
using FairShare.Contracts.Backup;
using FairShare.Functions.Hosting;
using FairShare.Functions.Http;

namespace FairShare.Functions.Peer;

/// <summary>Step 3: accuses the dealers whose deals are wrong for this peer.</summary>
internal sealed class JudgeDeals(FunctionServices services) : IRouteHandler<BackupId, PeerOrder, RecordsAnswer>
{
    public async Task<Answer<RecordsAnswer>> HandleAsync(ApiCall<BackupId, PeerOrder> call, CancellationToken cancellationToken)
    {
        var order = await services.TakeRefreshOrderAsync(PeerRoutes.JudgeDeals, call, cancellationToken);
        var step = await RefreshStep.BeginAsync(services, order, withKey: true, cancellationToken);
        var records = new List<string>();
        foreach (var accusation in RefreshStep.Take(() => step.Rules.Judge(step.Shares, step.Keys, step.Deals)))
        {
            records.Add(
                await step.SignAsync(
                    RecordKind.Accusation,
                    (backup, epoch, gen) => RefreshRecords.Write(accusation, backup, epoch, gen),
                    cancellationToken
                )
            );
        }

        return new RecordsAnswer(records);
    }
}
