using FairShare.Backup.Records;
using FairShare.Contracts.Backup;
using FairShare.Functions.Hosting;
using FairShare.Functions.Http;

namespace FairShare.Functions.Peer;

/// <summary>Step 1: deals an update to all peers. The deal is kept before it is said.</summary>
internal sealed class DealRefresh(FunctionServices services) : IRouteHandler<BackupId, PeerOrder, RecordAnswer>
{
    private static readonly TimeSpan Interval = TimeSpan.FromHours(1);

    public async Task<Answer<RecordAnswer>> HandleAsync(ApiCall<BackupId, PeerOrder> call, CancellationToken cancellationToken)
    {
        var order = await services.TakeRefreshOrderAsync(PeerRoutes.DealRefresh, call, cancellationToken);
        var step = await RefreshStep.BeginAsync(services, order, cancellationToken);
        RequireDue(step);
        if (step.Stored.Shares.Deal is { } known)
        {
            return new RecordAnswer(known);
        }

        if (step.Shares.Current is null)
        {
            throw PeerProblems.NoShare.With("The peer has no key share to refresh; repair it first.");
        }

        var (kept, deal) = step.Rules.Deal(step.Shares, services.Randomness);
        var text = await step.SignAsync(
            RecordKind.RefreshDeal,
            (backup, epoch, gen) => RefreshRecords.Write(deal, backup, epoch, gen),
            cancellationToken
        );
        await step.KeepAsync(kept, shares => shares with { Deal = text }, cancellationToken);
        return new RecordAnswer(text);
    }

    private void RequireDue(RefreshStep step)
    {
        if (step.Stored.Shares.RefreshedAt is { } before && services.Time.GetUtcNow() - before < Interval)
        {
            throw PeerProblems.TooSoon.With("The shares were refreshed less than an hour ago.");
        }
    }
}
