using System.Text.Json;
using FairShare.Aws.Standing;
using FairShare.Backup.Standing;
using FairShare.Contracts;
using FairShare.Contracts.Standing;
using FairShare.Functions.Hosting;
using FairShare.Functions.Http;

namespace FairShare.Functions.Standing;

/// <summary>Takes an owner's standing orders, and starts the first round. The work is kept before it is started.</summary>
internal sealed class HandOverWork(FunctionServices services) : IRouteHandler<StandingWorkId, StandingWork, StandingWorkView>
{
    public async Task<Answer<StandingWorkView>> HandleAsync(ApiCall<StandingWorkId, StandingWork> call, CancellationToken cancellationToken)
    {
        var text = JsonSerializer.Serialize(call.Request, ContractJson.Lenient.TypeOf<StandingWork>());
        var kept = await services.Standing.Work.FindAsync(call.Subject, cancellationToken);
        if (kept is null)
        {
            var until = StandingWorkCheck.Require(call.Request, services);
            kept = new HandedWork(call.Subject, text, until) { RoundAt = services.Time.GetUtcNow(), Epoch = call.Request.Epoch };
            if (!await services.Standing.Work.TryCreateAsync(kept, cancellationToken))
            {
                kept = await services.RequireWorkAsync(call.Subject, cancellationToken);
            }
        }

        if (kept.Work != text)
        {
            throw StandingProblems.WorkDiffers.With("Give the work an id of its own.");
        }

        if (kept is { Phase: StandingPhase.Active, Round: 1 })
        {
            var machine = services.Settings.StandingMachine;
            await services.Standing.Rounds.StartAsync(machine, kept.Id, kept.Round, kept.RoundAt, cancellationToken);
        }

        return await services.ViewAsync(kept, cancellationToken);
    }
}
