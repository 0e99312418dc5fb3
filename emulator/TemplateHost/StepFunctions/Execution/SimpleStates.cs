using System.Text.Json.Nodes;
using TemplateHost.StepFunctions.Language;
using TemplateHost.StepFunctions.Model;

namespace TemplateHost.StepFunctions.Execution;

/// <summary>States that end at once: Pass, Choice, Succeed, Fail.</summary>
internal static class SimpleStates
{
    public static StateOutcome Pass(Branch branch, StateDefinition state)
    {
        var scope = branch.Scope;
        var input = DataFlow.ApplyPath(state.Json, "InputPath", scope);
        var effective = state.Json.ContainsKey("Parameters")
            ? PayloadTemplate.Evaluate(state.Json["Parameters"], scope.With(input))
            : input;
        var result = state.Json.ContainsKey("Result") ? state.Json["Result"]?.DeepClone() : effective;
        var combined = DataFlow.ApplyResultPath(state.Json, branch.Cursor.Input, result);
        return new StateOutcome.Left(state.Next, DataFlow.ApplyPath(state.Json, "OutputPath", scope.With(combined)));
    }

    public static StateOutcome Choice(Branch branch, StateDefinition state)
    {
        var scope = branch.Scope;
        var input = DataFlow.ApplyPath(state.Json, "InputPath", scope);
        var taken =
            state.Choices.FirstOrDefault(choice => choice.Rule.Matches(scope.With(input))).Next
            ?? state.Json["Default"]?.GetValue<string>()
            ?? throw new StateFailedException(
                ErrorNames.NoChoiceMatched,
                "Failed to transition out of the state. The state does not point to a next state."
            );
        return new StateOutcome.Left(taken, DataFlow.ApplyPath(state.Json, "OutputPath", scope.With(input)));
    }

    public static StateOutcome Succeed(Branch branch, StateDefinition state)
    {
        var scope = branch.Scope;
        var input = DataFlow.ApplyPath(state.Json, "InputPath", scope);
        return new StateOutcome.Left(null, DataFlow.ApplyPath(state.Json, "OutputPath", scope.With(input)));
    }

    public static StateOutcome Fail(Branch branch, StateDefinition state) =>
        new StateOutcome.Failed(Text(branch, state, "Error"), Text(branch, state, "Cause"));

    private static string? Text(Branch branch, StateDefinition state, string field)
    {
        if (state.Json[field + "Path"]?.GetValue<string>() is not { } path)
        {
            return state.Json[field]?.GetValue<string>();
        }

        return branch.Scope.TryEvaluate(path, out var value) && value is JsonValue text && text.TryGetValue<string>(out var found)
            ? found
            : throw StateFailedException.Runtime($"The {field}Path field '{path}' does not name a string.");
    }
}
