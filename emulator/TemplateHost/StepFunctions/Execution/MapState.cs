using System.Text.Json.Nodes;
using TemplateHost.Kernel.JsonPaths;
using TemplateHost.StepFunctions.Language;
using TemplateHost.StepFunctions.Model;

namespace TemplateHost.StepFunctions.Execution;

/// <summary>Map in its inline mode: the processor runs once for each item; the outputs become an array in the order of the items.</summary>
internal sealed class MapState(BranchRunner runner)
{
    // Without MaxConcurrency AWS runs forty iterations of an inline Map at a time.
    private const int DefaultConcurrency = 40;

    public Task<StateOutcome> RunAsync(Branch branch, StateDefinition state, CancellationToken cancellationToken) =>
        new AttemptLoop(branch, state, "MapStateFailed").RunAsync(() => AttemptAsync(branch, state, cancellationToken), cancellationToken);

    private async Task<JsonNode?> AttemptAsync(Branch branch, StateDefinition state, CancellationToken cancellationToken)
    {
        var scope = branch.Scope;
        scope = scope.With(DataFlow.ApplyPath(state.Json, "InputPath", scope));
        var plans = Plans(state, scope);
        if (branch.Cursor.Phase == Phase.Entered)
        {
            branch.Cursor.Phase = Phase.Scheduled;
            branch.Record("MapStateStarted", "mapStateStartedEventDetails", new JsonObject { ["length"] = plans.Count });
            await branch.CommitAsync();
        }

        var children = new ChildBranches(runner, branch);
        var outputs = await children.RunAsync(plans, Concurrency(state, scope), cancellationToken);
        branch.RecordAside("MapStateSucceeded");
        branch.ForgetChildren();
        return outputs;
    }

    private static List<ChildPlan> Plans(StateDefinition state, Scope scope)
    {
        var path = state.Json["ItemsPath"]?.GetValue<string>() ?? "$";
        if (!scope.TryEvaluate(path, out var found) || found is not JsonArray items)
        {
            throw StateFailedException.Runtime($"Reference path \"{path}\" must point to array.");
        }

        var selector = state.Json["ItemSelector"] ?? state.Json["Parameters"];
        return [.. items.Select((item, index) => Plan(state, scope, selector, item, index))];
    }

    private static ChildPlan Plan(StateDefinition state, Scope scope, JsonNode? selector, JsonNode? item, int index)
    {
        var mapItem = new JsonObject { ["Index"] = index, ["Value"] = item?.DeepClone() };
        var context = scope.Context.DeepClone().AsObject();
        context["Map"] = new JsonObject { ["Item"] = mapItem.DeepClone() };
        var input = selector is null ? item : PayloadTemplate.Evaluate(selector, scope with { Context = context });
        return new ChildPlan(state.Processor!, input, mapItem, state.Name);
    }

    private static int Concurrency(StateDefinition state, Scope scope)
    {
        var given = state.Json["MaxConcurrency"];
        if (state.Json["MaxConcurrencyPath"]?.GetValue<string>() is { } path && !scope.TryEvaluate(path, out given))
        {
            throw StateFailedException.Runtime($"Invalid path '{path}': it names nothing in the input.");
        }

        var most = given is null ? 0 : (int)JsonValues.Number(given);
        return most > 0 ? most : DefaultConcurrency;
    }
}
