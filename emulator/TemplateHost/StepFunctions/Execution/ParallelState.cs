using System.Text.Json.Nodes;
using TemplateHost.StepFunctions.Language;
using TemplateHost.StepFunctions.Model;

namespace TemplateHost.StepFunctions.Execution;

/// <summary>Parallel: every branch gets the same input; the outputs become an array in the order of the branches.</summary>
internal sealed class ParallelState(BranchRunner runner)
{
    public Task<StateOutcome> RunAsync(Branch branch, StateDefinition state, CancellationToken cancellationToken) =>
        new AttemptLoop(branch, state, "ParallelStateFailed").RunAsync(
            () => AttemptAsync(branch, state, cancellationToken),
            cancellationToken
        );

    private async Task<JsonNode?> AttemptAsync(Branch branch, StateDefinition state, CancellationToken cancellationToken)
    {
        var scope = branch.Scope;
        var input = DataFlow.ApplyPath(state.Json, "InputPath", scope);
        var effective = state.Json.ContainsKey("Parameters")
            ? PayloadTemplate.Evaluate(state.Json["Parameters"], scope.With(input))
            : input;
        if (branch.Cursor.Phase == Phase.Entered)
        {
            branch.Cursor.Phase = Phase.Scheduled;
            branch.Record("ParallelStateStarted");
            await branch.CommitAsync();
        }

        var plans = state.Branches.Select(machine => new ChildPlan(machine, effective, null, state.Name)).ToList();
        var children = new ChildBranches(runner, branch);
        var outputs = await children.RunAsync(plans, Math.Max(1, plans.Count), cancellationToken);
        branch.RecordAside("ParallelStateSucceeded");
        branch.ForgetChildren();
        return outputs;
    }
}
