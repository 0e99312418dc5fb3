using System.Text.Json.Nodes;

namespace FairShare.Local.Deployment;

/// <summary>The values of a template's parameters.</summary>
internal static class TemplateParameters
{
    /// <exception cref="DeploymentException">A value that is missing, unknown or not allowed.</exception>
    public static Dictionary<string, JsonNode> Resolve(JsonObject declared, IReadOnlyDictionary<string, string> given)
    {
        if (given.Keys.FirstOrDefault(name => !declared.ContainsKey(name)) is { } unknown)
        {
            throw new DeploymentException($"The template has no parameter {unknown}.");
        }

        return declared.ToDictionary(
            parameter => parameter.Key,
            parameter => ValueOf(parameter.Key, (JsonObject)parameter.Value!, given.GetValueOrDefault(parameter.Key)));
    }

    private static JsonNode ValueOf(string name, JsonObject declaration, string? given)
    {
        var text = given ?? declaration["Default"]?.ToString() ?? throw new DeploymentException($"The parameter {name} has no value and no default.");
        if (declaration["AllowedValues"] is JsonArray allowed && !allowed.Any(value => value!.ToString() == text))
        {
            throw new DeploymentException($"The parameter {name} must be one of [{string.Join(", ", allowed.Select(value => value!.ToString()))}].");
        }

        var isList = declaration["Type"]?.ToString() is "CommaDelimitedList" or "List<Number>" or "List<String>";
        return isList ? new JsonArray([.. text.Split(',').Select(item => JsonValue.Create(item.Trim()))]) : JsonValue.Create(text);
    }
}
