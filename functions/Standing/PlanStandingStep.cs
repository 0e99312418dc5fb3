using System.Text.Json;
using Amazon.Lambda.Core;
using FairShare.Aws.Standing;
using FairShare.Backup.Standing;
using FairShare.Contracts.Standing;
using FairShare.Functions.Hosting;

namespace FairShare.Functions.Standing;

/// <summary>
/// Says what a round does next. At its end the wait for the next round is started first, and then written down: a crash between the two
/// starts nothing twice, since rounds have names.
/// </summary>
internal sealed class PlanStandingStep(FunctionServices services) : IFunction
{
    private static readonly StepPlan Over = new("", []);

    public async Task<Stream> InvokeAsync(Stream payload, ILambdaContext context)
    {
        var question =
            await JsonSerializer.DeserializeAsync(payload, StandingWorkflowJson.Default.StepQuestion)
            ?? throw new InvalidOperationException("The payload is not a round's state.");
        var plan = await PlanAsync(question, CancellationToken.None);
        return new MemoryStream(JsonSerializer.SerializeToUtf8Bytes(plan, StandingWorkflowJson.Default.StepPlan));
    }

    private async Task<StepPlan> PlanAsync(StepQuestion question, CancellationToken cancellationToken)
    {
        var kept = await services.Standing.Work.FindAsync(StandingWorkId.Parse(question.WorkId), cancellationToken);
        if (kept is not { Phase: StandingPhase.Active } || kept.Round != question.Round)
        {
            return Over;
        }

        if (kept.Until <= services.Time.GetUtcNow())
        {
            await services.Standing.Work.TryAdvanceAsync(kept with { Phase = StandingPhase.Expired }, kept.Round, cancellationToken);
            return Over;
        }

        var work = StandingParts.Read(kept);
        var answers = await services.Standing.Work.AnswersAsync(kept.Id, kept.Round, cancellationToken);
        var step = StandingSteps.Next(work.Action, question.Step, answers);
        // Those who failed at a step take no further one; before the first step there are only answers of an attempt that was cut short.
        var takers = StandingSteps.Takers(work, kept.Finished, question.Step.Length == 0 ? [] : answers);
        if (step.Length > 0 && takers.Count > 0)
        {
            return new StepPlan(step, takers);
        }

        await EndRoundAsync(kept, work, answers, question.Machine, cancellationToken);
        return Over;
    }

    private async Task EndRoundAsync(
        HandedWork kept,
        StandingWork work,
        IReadOnlyList<CarriedAnswer> answers,
        string machine,
        CancellationToken cancellationToken
    )
    {
        var next = Next(kept, work, answers) with { RoundAt = services.Time.GetUtcNow() + TimeSpan.FromSeconds(work.IntervalSeconds) };
        if (next.Phase == StandingPhase.Active && next.RoundAt < next.Until)
        {
            next = next with { Round = kept.Round + 1 };
            await services.Standing.Rounds.StartAsync(machine, next.Id, next.Round, next.RoundAt, cancellationToken);
        }
        else if (next.Phase == StandingPhase.Active)
        {
            next = next with { Phase = StandingPhase.Expired };
        }

        await services.Standing.Work.TryAdvanceAsync(next, kept.Round, cancellationToken);
    }

    private static HandedWork Next(HandedWork kept, StandingWork work, IReadOnlyList<CarriedAnswer> answers)
    {
        if (work.Action != StandingSteps.Deletions)
        {
            return kept with { Epoch = StandingSteps.NextEpoch(work, kept.Epoch, answers) };
        }

        var deleted = answers.Where(answer => answer.Failure is null).Select(answer => answer.Peer);
        var next = kept with { Finished = [.. kept.Finished.Union(deleted).Order()] };
        return StandingSteps.Takers(work, next.Finished, []).Count == 0 ? next with { Phase = StandingPhase.Done } : next;
    }
}
