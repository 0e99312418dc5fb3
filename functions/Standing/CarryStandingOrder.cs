using System.Text.Json;
using Amazon.Lambda.Core;
using FairShare.Aws.Standing;
using FairShare.Backup.Standing;
using FairShare.Contracts;
using FairShare.Contracts.Backup;
using FairShare.Contracts.Standing;
using FairShare.Functions.Hosting;

namespace FairShare.Functions.Standing;

/// <summary>Carries one order to one peer, and keeps what it answers. A repeat carries it again, unless there is an answer.</summary>
internal sealed class CarryStandingOrder(FunctionServices services) : IFunction
{
    public async Task<Stream> InvokeAsync(Stream payload, ILambdaContext context)
    {
        var errand =
            await JsonSerializer.DeserializeAsync(payload, StandingWorkflowJson.Default.StepErrand)
            ?? throw new InvalidOperationException("The payload is not an errand.");
        using var timeout = new CancellationTokenSource(
            context.RemainingTime > TimeSpan.Zero ? context.RemainingTime : Timeout.InfiniteTimeSpan
        );
        await CarryAsync(errand, timeout.Token);
        return new MemoryStream("{}"u8.ToArray());
    }

    private async Task CarryAsync(StepErrand errand, CancellationToken cancellationToken)
    {
        var kept = await services.Standing.Work.FindAsync(StandingWorkId.Parse(errand.WorkId), cancellationToken);
        if (kept is not { Phase: StandingPhase.Active } || kept.Round != errand.Round)
        {
            return;
        }

        var answers = await services.Standing.Work.AnswersAsync(kept.Id, kept.Round, cancellationToken);
        if (answers.Any(one => one.Step == errand.Step && one.Peer == errand.Peer && one.Failure is null))
        {
            return;
        }

        var work = StandingParts.Read(kept);
        var peer = work.Peers[errand.Peer - 1];
        var order = work.Action == PeerRoutes.StandingRefresh ? WithSaid(peer.Order!, work, kept, answers) : peer.Order!;
        var (failure, answer, isAway) = await new OrderCarrier(services.Standing.Outward).CarryAsync(
            peer.Url!,
            work.Backup,
            errand.Step,
            order,
            cancellationToken
        );
        var carried = new CarriedAnswer(kept.Round, errand.Step, errand.Peer, services.Time.GetUtcNow(), failure, answer);
        await services.Standing.Work.KeepAnswerAsync(kept.Id, carried, cancellationToken);
        if (isAway)
        {
            throw new PeerAwayException($"The peer {errand.Peer} is away: {failure}.");
        }
    }

    private static PeerOrder WithSaid(PeerOrder order, StandingWork work, HandedWork kept, IReadOnlyList<CarriedAnswer> answers) =>
        order with
        {
            Said = JsonSerializer.Serialize(
                StandingSteps.Progress(work, kept.Epoch, answers),
                ContractJson.Lenient.TypeOf<RefreshProgress>()
            ),
        };
}
