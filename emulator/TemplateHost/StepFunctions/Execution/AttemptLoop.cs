using System.Buffers.Binary;
using System.Text.Json.Nodes;
using TemplateHost.Kernel;
using TemplateHost.StepFunctions.Language;
using TemplateHost.StepFunctions.Model;

namespace TemplateHost.StepFunctions.Execution;

/// <summary>Retry and Catch around the attempts of a Task, Parallel or Map state, and its data flow on the way out.</summary>
/// <param name="failedEvent">Recorded when the state fails for good, retried no more; null where each attempt records its own
/// failure.</param>
internal sealed class AttemptLoop(Branch branch, StateDefinition state, string? failedEvent = null)
{
    private Cursor Cursor => branch.Cursor;

    /// <param name="attempt">Makes one attempt from where the cursor stands and gives the raw result.</param>
    /// <param name="cancellationToken">Stops the execution here; the journal says where to go on.</param>
    public async Task<StateOutcome> RunAsync(Func<Task<JsonNode?>> attempt, CancellationToken cancellationToken)
    {
        while (true)
        {
            await BackOffAsync(cancellationToken);
            try
            {
                return Complete(await attempt());
            }
            catch (StateFailedException failure)
            {
                if (await RetriesAsync(failure))
                {
                    continue;
                }

                if (failedEvent is not null)
                {
                    branch.Record(failedEvent);
                    branch.ForgetChildren();
                }

                return Caught(failure) ?? await BranchRunner.FailAsync(branch, state, failure);
            }
            catch (FormatException fault)
            {
                return await BranchRunner.FailAsync(branch, state, StateFailedException.Runtime(fault.Message));
            }
        }
    }

    private StateOutcome.Left Complete(JsonNode? raw)
    {
        var scope = branch.Scope;
        var selected = state.Json.ContainsKey("ResultSelector")
            ? PayloadTemplate.Evaluate(state.Json["ResultSelector"], scope.With(raw))
            : raw;
        var combined = DataFlow.ApplyResultPath(state.Json, Cursor.Input, selected);
        return new StateOutcome.Left(state.Next, DataFlow.ApplyPath(state.Json, "OutputPath", scope.With(combined)));
    }

    private async Task<bool> RetriesAsync(StateFailedException failure)
    {
        var index = state.Retriers.ToList().FindIndex(retrier => retrier.Errors.Matches(failure.Error));
        if (index < 0 || Cursor.RetryCounts.GetValueOrDefault(index) >= state.Retriers[index].MaxAttempts)
        {
            return false;
        }

        var used = Cursor.RetryCounts.GetValueOrDefault(index);
        Cursor.RetryCounts[index] = used + 1;
        Cursor.WakeAt = branch.Now + state.Retriers[index].DelayAfter(used, Draw());
        Cursor.Phase = Phase.BackingOff;
        Cursor.Task = null;
        await branch.CommitAsync(session => Storage.BranchTable.DropBelow(session, branch.Run.Record.Arn, branch.Path + "/"));
        return true;
    }

    private async Task BackOffAsync(CancellationToken cancellationToken)
    {
        if (Cursor.Phase == Phase.BackingOff)
        {
            await branch.Run.Host.DelayUntilAsync(Cursor.WakeAt!.Value, cancellationToken);
            Cursor.Phase = Phase.Entered;
            branch.Run.Host.Meter.Add("stepFunctions.stateTransition");
        }
    }

    private StateOutcome.Left? Caught(StateFailedException failure)
    {
        var catcher = state.Catchers.FirstOrDefault(candidate => candidate.Errors.Matches(failure.Error));
        if (catcher is null)
        {
            return null;
        }

        var description = new JsonObject { ["Error"] = failure.Error };
        if (failure.Cause is not null)
        {
            description["Cause"] = failure.Cause;
        }

        return new StateOutcome.Left(catcher.Next, DataFlow.ApplyResultPath(catcher.Json, Cursor.Input, description));
    }

    private double Draw()
    {
        Span<byte> octets = stackalloc byte[4];
        branch.Run.Host.Random.Fill(octets);
        return BinaryPrimitives.ReadUInt32BigEndian(octets) / (double)uint.MaxValue;
    }
}
