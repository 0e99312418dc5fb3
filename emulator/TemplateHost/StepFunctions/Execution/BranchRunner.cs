using System.Text;
using System.Text.Json.Nodes;
using TemplateHost.Kernel.JsonPaths;
using TemplateHost.StepFunctions.Language;
using TemplateHost.StepFunctions.Model;

namespace TemplateHost.StepFunctions.Execution;

/// <summary>Takes a branch from where its cursor stands to its end, state by state.</summary>
internal sealed class BranchRunner(TaskTokens tokens)
{
    private const int LargestPayload = 256 * 1024;

    /// <summary>
    /// Runs to the end; the cursor then tells how it ended. The last events are not committed: the caller adds its own to them.
    /// </summary>
    public async Task RunAsync(Branch branch, CancellationToken cancellationToken)
    {
        while (branch.Cursor.End is null)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var state = branch.Machine.States[branch.Cursor.State];
            Enter(branch, state);
            var outcome = await ExecuteAsync(branch, state, cancellationToken);
            Leave(branch, state, outcome);
            if (branch.MustCommit)
            {
                await branch.CommitAsync();
            }
        }
    }

    private async Task<StateOutcome> ExecuteAsync(Branch branch, StateDefinition state, CancellationToken cancellationToken)
    {
        try
        {
            return state.Type switch
            {
                "Pass" => SimpleStates.Pass(branch, state),
                "Choice" => SimpleStates.Choice(branch, state),
                "Succeed" => SimpleStates.Succeed(branch, state),
                "Fail" => SimpleStates.Fail(branch, state),
                "Wait" => await WaitState.RunAsync(branch, state, cancellationToken),
                "Task" => await new TaskState(tokens).RunAsync(branch, state, cancellationToken),
                "Parallel" => await new ParallelState(this).RunAsync(branch, state, cancellationToken),
                "Map" => await new MapState(this).RunAsync(branch, state, cancellationToken),
                _ => throw new InvalidOperationException($"The validator let the state type {state.Type} pass."),
            };
        }
        catch (StateFailedException failure)
        {
            return await FailAsync(branch, state, failure);
        }
    }

    /// <summary>An error that no Retry or Catch of the state took.</summary>
    public static async Task<StateOutcome> FailAsync(Branch branch, StateDefinition state, StateFailedException failure)
    {
        if (
            failure.Error != ErrorNames.Runtime
            && failure.Error != ErrorNames.NoChoiceMatched
            && failure.Error != ErrorNames.IntrinsicFailure
            && failure.Error != ErrorNames.ResultPathMatchFailure
        )
        {
            return new StateOutcome.Failed(failure.Error, failure.Cause);
        }

        // The number of the entry event is known once it is committed.
        await branch.CommitAsync();
        var place = $"An error occurred while executing the state '{state.Name}' (entered at the event id #{branch.Cursor.EnteredEvent}). ";
        return new StateOutcome.Failed(failure.Error, place + failure.Cause);
    }

    private static void Enter(Branch branch, StateDefinition state)
    {
        var cursor = branch.Cursor;
        if (cursor.Phase != Phase.Arriving)
        {
            return;
        }

        (cursor.Phase, cursor.EnteredAt) = (Phase.Entered, branch.Now);
        branch.Run.Host.Meter.Add("stepFunctions.stateTransition");
        branch.Record(
            $"{state.Type}StateEntered",
            "stateEnteredEventDetails",
            new JsonObject
            {
                ["name"] = state.Name,
                ["input"] = JsonText.Of(cursor.Input),
                ["inputDetails"] = new JsonObject { ["truncated"] = false },
            }
        );
    }

    private static void Leave(Branch branch, StateDefinition state, StateOutcome outcome)
    {
        switch (outcome)
        {
            case StateOutcome.Left left when Encoding.UTF8.GetByteCount(JsonText.Of(left.Output)) > LargestPayload:
                var cause =
                    $"The state/task '{state.Name}' returned a result with a size exceeding the maximum number of bytes service limit.";
                branch.Cursor.End = new BranchEnd(null, ErrorNames.DataLimitExceeded, cause);
                break;
            case StateOutcome.Left left:
                branch.Record(
                    $"{state.Type}StateExited",
                    "stateExitedEventDetails",
                    new JsonObject
                    {
                        ["name"] = state.Name,
                        ["output"] = JsonText.Of(left.Output),
                        ["outputDetails"] = new JsonObject { ["truncated"] = false },
                    }
                );
                MoveOn(branch, left);
                break;
            case StateOutcome.Failed failed:
                branch.Cursor.End = new BranchEnd(null, failed.Error ?? "", failed.Cause);
                break;
        }
    }

    private static void MoveOn(Branch branch, StateOutcome.Left left)
    {
        if (left.Next is { } next)
        {
            branch.Cursor.MoveTo(next, left.Output);
        }
        else
        {
            branch.Cursor.End = new BranchEnd(left.Output, null, null);
        }
    }
}
