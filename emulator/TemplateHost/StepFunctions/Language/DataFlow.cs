using System.Text.Json.Nodes;
using TemplateHost.Kernel.JsonPaths;

namespace TemplateHost.StepFunctions.Language;

/// <summary>InputPath, ResultPath and OutputPath: how a state's data goes in and out.</summary>
internal static class DataFlow
{
    /// <summary>Applies InputPath or OutputPath: absent means everything, JSON null means an empty object.</summary>
    public static JsonNode? ApplyPath(JsonObject state, string field, Scope scope)
    {
        if (!state.TryGetPropertyValue(field, out var path))
        {
            return scope.Input?.DeepClone();
        }

        if (path is null)
        {
            return new JsonObject();
        }

        return scope.TryEvaluate(path.GetValue<string>(), out var value)
            ? value
            : throw StateFailedException.Runtime(
                $"Invalid path '{path.GetValue<string>()}' : No results for path: {JsonPath.Normal(path.GetValue<string>())}"
            );
    }

    /// <summary>Puts a result into the raw input where ResultPath says: absent means it replaces it, JSON null discards it.</summary>
    public static JsonNode? ApplyResultPath(JsonObject holder, JsonNode? rawInput, JsonNode? result)
    {
        if (!holder.TryGetPropertyValue("ResultPath", out var path))
        {
            return result;
        }

        return path is null ? rawInput?.DeepClone() : Insert(JsonPath.Parse(path.GetValue<string>()), rawInput?.DeepClone(), result);
    }

    private static JsonNode? Insert(JsonPath path, JsonNode? root, JsonNode? result)
    {
        if (path.Steps.Count == 0)
        {
            return result;
        }

        var target = root as JsonNode;
        for (var at = 0; at < path.Steps.Count - 1; at++)
        {
            target = Descend(path, path.Steps[at], target);
        }

        Assign(path, path.Steps[^1], target, result);
        return root;
    }

    private static JsonNode Descend(JsonPath path, PathStep step, JsonNode? node)
    {
        var next = step.Apply(node, node).FirstOrDefault();
        if (next is null)
        {
            next = new JsonObject();
            Assign(path, step, node, next);
        }

        return next;
    }

    private static void Assign(JsonPath path, PathStep step, JsonNode? target, JsonNode? value)
    {
        switch (step, target)
        {
            case (ChildStep child, JsonObject members):
                members[child.Name] = value;
                break;
            case (IndexStep index, JsonArray elements) when index.Index >= 0 && index.Index < elements.Count:
                elements[index.Index] = value;
                break;
            default:
                throw new StateFailedException(
                    ErrorNames.ResultPathMatchFailure,
                    $"Unable to apply ReferencePath {path} to input {JsonText.Of(target?.Root)}"
                );
        }
    }
}
