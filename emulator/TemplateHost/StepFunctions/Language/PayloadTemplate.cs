using System.Text.Json.Nodes;
using TemplateHost.Kernel.JsonPaths;

namespace TemplateHost.StepFunctions.Language;

/// <summary>Where paths look: the state's effective input, and the context object behind <c>$$</c>.</summary>
internal sealed record Scope(JsonNode? Input, JsonObject Context, IntrinsicFunctions Functions)
{
    public Scope With(JsonNode? input) => this with { Input = input };

    /// <summary>Evaluates a path or an intrinsic function.</summary>
    /// <returns>False when a definite path names nothing.</returns>
    public bool TryEvaluate(string expression, out JsonNode? value)
    {
        if (!JsonPath.IsPath(expression))
        {
            value = Functions.Call(IntrinsicCall.Parse(expression), this);
            return true;
        }

        return expression.StartsWith("$$", StringComparison.Ordinal)
            ? JsonPath.Parse(expression[1..]).TryEvaluate(Context, out value)
            : JsonPath.Parse(expression).TryEvaluate(Input, out value);
    }
}

/// <summary>
/// Parameters, ResultSelector and ItemSelector: JSON in which a member <c>name.$</c> takes the value that its path names.
/// </summary>
internal static class PayloadTemplate
{
    /// <exception cref="StateFailedException">A path names nothing, or an intrinsic function failed.</exception>
    public static JsonNode? Evaluate(JsonNode? template, Scope scope) =>
        template switch
        {
            JsonObject members => EvaluateObject(members, scope),
            JsonArray elements => new JsonArray([.. elements.Select(element => Evaluate(element, scope))]),
            _ => template?.DeepClone(),
        };

    private static JsonObject EvaluateObject(JsonObject members, Scope scope)
    {
        var result = new JsonObject();
        foreach (var (name, value) in members)
        {
            if (name.EndsWith(".$", StringComparison.Ordinal))
            {
                result[name[..^2]] = EvaluateField(name[..^2], value!.GetValue<string>(), scope);
            }
            else
            {
                result[name] = Evaluate(value, scope);
            }
        }

        return result;
    }

    private static JsonNode? EvaluateField(string field, string expression, Scope scope) =>
        scope.TryEvaluate(expression, out var value)
            ? value
            : throw new StateFailedException(
                ErrorNames.Runtime,
                $"The JSONPath '{expression}' specified for the field '{field}.$' could not be found in the input "
                    + $"'{JsonText.Of(scope.Input)}'"
            );
}
