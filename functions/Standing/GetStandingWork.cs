using FairShare.Backup.Standing;
using FairShare.Contracts.Http;
using FairShare.Contracts.Standing;
using FairShare.Functions.Hosting;
using FairShare.Functions.Http;

namespace FairShare.Functions.Standing;

/// <summary>Tells what came of work.</summary>
internal sealed class GetStandingWork(FunctionServices services) : IRouteHandler<StandingWorkId, None, StandingWorkView>
{
    public async Task<Answer<StandingWorkView>> HandleAsync(ApiCall<StandingWorkId, None> call, CancellationToken cancellationToken) =>
        await services.ViewAsync(await services.RequireWorkAsync(call.Subject, cancellationToken), cancellationToken);
}
