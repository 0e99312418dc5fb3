using System.Text.Json.Nodes;
using TemplateHost.Kernel;
using TemplateHost.Kernel.JsonPaths;
using TemplateHost.StepFunctions.Language;
using TemplateHost.StepFunctions.Model;

namespace TemplateHost.StepFunctions.Execution;

/// <summary>Wait: the time it ends is journaled on entry, so a restart neither shortens nor prolongs it.</summary>
internal static class WaitState
{
    public static async Task<StateOutcome> RunAsync(Branch branch, StateDefinition state, CancellationToken cancellationToken)
    {
        var scope = branch.Scope;
        var input = DataFlow.ApplyPath(state.Json, "InputPath", scope);
        if (branch.Cursor.Phase == Phase.Entered)
        {
            branch.Cursor.WakeAt = EndOf(branch, state, scope.With(input));
            branch.Cursor.Phase = Phase.Waiting;
            await branch.CommitAsync();
        }

        await branch.Run.Host.DelayUntilAsync(branch.Cursor.WakeAt!.Value, cancellationToken);
        return new StateOutcome.Left(state.Next, DataFlow.ApplyPath(state.Json, "OutputPath", scope.With(input)));
    }

    private static DateTimeOffset EndOf(Branch branch, StateDefinition state, Scope scope)
    {
        var json = state.Json;
        if (json.ContainsKey("Seconds") || json.ContainsKey("SecondsPath"))
        {
            return branch.Now.AddSeconds(Seconds(json, json["Seconds"] ?? Named(json["SecondsPath"], scope)));
        }

        var text = (json["Timestamp"] ?? Named(json["TimestampPath"], scope))?.ToString() ?? "";
        return Timestamps.TryParse(text, out var time)
            ? time
            : throw StateFailedException.Runtime(
                $"The Timestamp parameter does not reference a valid ISO-8601 extended offset date-time format string: {text}"
            );
    }

    private static double Seconds(JsonObject state, JsonNode? node) =>
        node?.GetValueKind() == System.Text.Json.JsonValueKind.Number && JsonValues.Number(node) is >= 0 and var seconds
            ? seconds
            : throw StateFailedException.Runtime(
                $"The SecondsPath parameter cannot be parsed as a long value: {state["SecondsPath"]} == {node}"
            );

    private static JsonNode? Named(JsonNode? path, Scope scope)
    {
        if (path is null)
        {
            return null;
        }

        return scope.TryEvaluate(path.GetValue<string>(), out var value)
            ? value
            : throw StateFailedException.Runtime($"Invalid path '{path.GetValue<string>()}': it names nothing in the input.");
    }
}
