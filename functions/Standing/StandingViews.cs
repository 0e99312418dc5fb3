using FairShare.Aws.Standing;
using FairShare.Backup.Standing;
using FairShare.Contracts.Standing;
using FairShare.Functions.Hosting;

namespace FairShare.Functions.Standing;

/// <summary>What callers are told of work.</summary>
internal static class StandingViews
{
    /// <summary>Reads work.</summary>
    /// <exception cref="Contracts.Http.ProblemException"><c>work-not-found</c>.</exception>
    public static async Task<HandedWork> RequireWorkAsync(
        this FunctionServices services,
        StandingWorkId id,
        CancellationToken cancellationToken
    ) =>
        await services.Standing.Work.FindAsync(id, cancellationToken)
        ?? throw StandingProblems.WorkNotFound.With("Nothing was handed over under this id, or it is over for more than thirty days.");

    /// <summary>Work, and the answers of its present round and the one before.</summary>
    public static async Task<StandingWorkView> ViewAsync(
        this FunctionServices services,
        HandedWork work,
        CancellationToken cancellationToken
    )
    {
        var before = await services.Standing.Work.AnswersAsync(work.Id, work.Round - 1, cancellationToken);
        var now = await services.Standing.Work.AnswersAsync(work.Id, work.Round, cancellationToken);
        return new StandingWorkView(
            work.Id.ToString(),
            NameOf(work.Phase),
            work.Round,
            work.RoundAt,
            work.Until,
            [.. before.Concat(now).Select(one => new StandingAnswer(one.Round, one.Step, one.Peer, one.At, one.Answer, one.Failure))]
        );
    }

    private static string NameOf(StandingPhase phase) =>
        phase switch
        {
            StandingPhase.Active => "active",
            StandingPhase.Done => "done",
            StandingPhase.Expired => "expired",
            StandingPhase.Withdrawn => "withdrawn",
            _ => throw new ArgumentOutOfRangeException(nameof(phase), phase, "There is no such phase."),
        };
}
