using FairShare.Backup.Standing;
using FairShare.Contracts.Http;
using FairShare.Contracts.Standing;
using FairShare.Functions.Hosting;
using FairShare.Functions.Http;

namespace FairShare.Functions.Standing;

/// <summary>Ends work. A round that is under way calls no peer any more.</summary>
internal sealed class WithdrawWork(FunctionServices services) : IRouteHandler<StandingWorkId, None, StandingWorkView>
{
    public async Task<Answer<StandingWorkView>> HandleAsync(ApiCall<StandingWorkId, None> call, CancellationToken cancellationToken)
    {
        await services.Standing.Work.WithdrawAsync(call.Subject, cancellationToken);
        return await services.ViewAsync(await services.RequireWorkAsync(call.Subject, cancellationToken), cancellationToken);
    }
}
