using FairShare.Backup.Records;
using FairShare.Contracts.Backup;
using FairShare.Functions.Hosting;
using FairShare.Functions.Http;

namespace FairShare.Functions.Peer;

/// <summary>Step 4: shows the accusers their shares of this peer's deal.</summary>
internal sealed class OpenDeals(FunctionServices services) : IRouteHandler<BackupId, PeerOrder, RecordsAnswer>
{
    public async Task<Answer<RecordsAnswer>> HandleAsync(ApiCall<BackupId, PeerOrder> call, CancellationToken cancellationToken)
    {
        var order = await services.TakeRefreshOrderAsync(PeerRoutes.OpenDeals, call, cancellationToken);
        var step = await RefreshStep.BeginAsync(services, order, withKey: false, cancellationToken);
        var records = new List<string>();
        foreach (var accusation in step.Accusations)
        {
            if (step.Rules.Answer(step.Shares, accusation) is { } opening)
            {
                records.Add(
                    await step.SignAsync(
                        RecordKind.DealOpening,
                        (backup, epoch, gen) => RefreshRecords.Write(opening, backup, epoch, gen),
                        cancellationToken
                    )
                );
            }
        }

        return new RecordsAnswer(records);
    }
}
