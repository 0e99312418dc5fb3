using FairShare.Backup.Records;
using FairShare.Contracts.Backup;
using FairShare.Functions.Hosting;
using FairShare.Functions.Http;

namespace FairShare.Functions.Peer;

/// <summary>Step 2: deals an update to all peers. The deal is kept before it is said.</summary>
internal sealed class DealRefresh(FunctionServices services) : IRouteHandler<BackupId, PeerOrder, RecordAnswer>
{
    public async Task<Answer<RecordAnswer>> HandleAsync(ApiCall<BackupId, PeerOrder> call, CancellationToken cancellationToken)
    {
        var order = await services.TakeRefreshOrderAsync(PeerRoutes.DealRefresh, call, cancellationToken);
        var step = await RefreshStep.BeginAsync(services, order, withKey: false, cancellationToken);
        await RequireDueAsync(step, cancellationToken);
        if (step.Shares.Current is null)
        {
            throw PeerProblems.NoShare.With("The peer has no key share to refresh; repair it first.");
        }

        var (kept, deal) = step.Rules.Deal(step.Shares, step.Keys, services.Randomness);
        if (kept == step.Shares)
        {
            return new RecordAnswer(step.Stored.Shares.Deal!);
        }

        var text = await step.SignAsync(
            RecordKind.RefreshDeal,
            (backup, epoch, gen) => RefreshRecords.Write(deal, backup, epoch, gen),
            cancellationToken
        );
        await step.KeepAsync(kept, shares => shares with { Deal = text }, cancellationToken);
        return new RecordAnswer(text);
    }

    // A refresh that is not begun leaves no key behind.
    private async Task RequireDueAsync(RefreshStep step, CancellationToken cancellationToken)
    {
        if (!services.IsDue(step.Stored.Shares) && step.Stored.Kept is { Key: not null } kept)
        {
            await services.SaveAsync(kept, kept with { Key = null }, cancellationToken);
        }

        services.RequireDue(step.Stored.Shares);
    }
}
