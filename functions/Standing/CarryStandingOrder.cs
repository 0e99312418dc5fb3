using System.Text.Json;
using Amazon.Lambda.Core;
using FairShare.Aws.Standing;
using FairShare.Backup.Standing;
using FairShare.Contracts;
using FairShare.Contracts.Backup;
using FairShare.Contracts.Standing;
using FairShare.Functions.Hosting;

namespace FairShare.Functions.Standing;

/// <summary>
/// Carries one order to one peer, and keeps what it answers. A repeat carries it again, unless there is an answer. A large body is proved
/// in pieces: then the order is carried with what the peer has signed of the pieces before.
/// </summary>
internal sealed class CarryStandingOrder(FunctionServices services) : IFunction
{
    // As long as a peer may take to read a piece.
    private static readonly TimeSpan OneCall = TimeSpan.FromSeconds(15);

    private enum Carried
    {
        Piece,
        All,
    }

    public async Task<Stream> InvokeAsync(Stream payload, ILambdaContext context)
    {
        var errand =
            await JsonSerializer.DeserializeAsync(payload, StandingWorkflowJson.Default.StepErrand)
            ?? throw new InvalidOperationException("The payload is not an errand.");
        using var timeout = new CancellationTokenSource(
            context.RemainingTime > TimeSpan.Zero ? context.RemainingTime : Timeout.InfiniteTimeSpan
        );
        while (await CarryAsync(errand, timeout.Token) is Carried.Piece)
        {
            if (context.RemainingTime < OneCall)
            {
                throw new PeerUnfinishedException($"The peer {errand.Peer} has read some of its body.");
            }
        }

        return new MemoryStream("{}"u8.ToArray());
    }

    private async Task<Carried> CarryAsync(StepErrand errand, CancellationToken cancellationToken)
    {
        var kept = await services.Standing.Work.FindAsync(StandingWorkId.Parse(errand.WorkId), cancellationToken);
        if (kept is not { Phase: StandingPhase.Active } || kept.Round != errand.Round)
        {
            return Carried.All;
        }

        var answers = await services.Standing.Work.AnswersAsync(kept.Id, kept.Round, cancellationToken);
        var last = answers.FirstOrDefault(one => one.Step == errand.Step && one.Peer == errand.Peer);
        if (last is { Failure: null })
        {
            return Carried.All;
        }

        var work = StandingParts.Read(kept);
        var peer = work.Peers[errand.Peer - 1];
        var order =
            work.Action == PeerRoutes.StandingRefresh
                ? WithSaid(peer.Order!, work, kept, answers)
                : peer.Order! with
                {
                    Said = StandingSteps.ReadSoFar(last),
                };
        var (failure, answer, isAway) = await new OrderCarrier(services.Standing.Outward).CarryAsync(
            peer.Url!,
            work.Backup,
            errand.Step,
            order,
            cancellationToken
        );
        var holds = failure switch
        {
            null => StandingRecords.Hold(work, errand.Peer, errand.Step, kept.Epoch, answer),
            StandingSteps.Unfinished => StandingProof.GoesOn(work, errand.Peer, order.Said, StandingSteps.PieceOf(answer)),
            _ => true,
        };
        failure = holds ? failure : StandingSteps.BadAnswer;

        // What was read before may count no more: then there is nothing to say the next time, and the peer begins anew.
        var isOutdated = failure == PeerProblems.ProofOutdated.Code && order.Said is not null;
        var restarts = (last?.Restarts ?? 0) + (isOutdated ? 1 : 0);
        var carried = new CarriedAnswer(kept.Round, errand.Step, errand.Peer, services.Time.GetUtcNow(), failure, answer, restarts);
        await services.Standing.Work.KeepAnswerAsync(kept.Id, carried, cancellationToken);
        if (isAway)
        {
            throw new PeerAwayException($"The peer {errand.Peer} is away: {failure}.");
        }

        return failure == StandingSteps.Unfinished || (isOutdated && restarts <= StandingProof.MostRestarts) ? Carried.Piece : Carried.All;
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
