using System.Globalization;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace TemplateHost.Deployment.Templates;

/// <summary>The values of a template's parameters.</summary>
internal static class TemplateParameters
{
    /// <exception cref="DeploymentException">Values that are missing, unknown or not allowed, in CloudFormation's words.</exception>
    public static Dictionary<string, JsonNode> Resolve(JsonObject declared, IReadOnlyDictionary<string, string> given)
    {
        var unknown = given.Keys.Where(name => !declared.ContainsKey(name)).ToList();
        if (unknown.Count > 0)
        {
            throw new DeploymentException($"Parameters: [{string.Join(", ", unknown)}] do not exist in the template");
        }

        var missing = declared
            .Where(parameter => !given.ContainsKey(parameter.Key) && parameter.Value!["Default"] is null)
            .Select(parameter => parameter.Key)
            .ToList();
        if (missing.Count > 0)
        {
            throw new DeploymentException($"Parameters: [{string.Join(", ", missing)}] must have values");
        }

        return declared.ToDictionary(
            parameter => parameter.Key,
            parameter => ValueOf(parameter.Key, (JsonObject)parameter.Value!, given.GetValueOrDefault(parameter.Key))
        );
    }

    private static JsonNode ValueOf(string name, JsonObject declaration, string? given)
    {
        var text = given ?? declaration["Default"]!.ToString();
        if (declaration["AllowedValues"] is JsonArray allowed && !allowed.Any(value => value!.ToString() == text))
        {
            throw new DeploymentException($"Parameter '{name}' must be one of AllowedValues");
        }

        if (
            declaration["AllowedPattern"] is { } pattern
            && !Regex.IsMatch(text, $"^(?:{pattern})$", RegexOptions.None, TimeSpan.FromSeconds(1))
        )
        {
            throw new DeploymentException($"Parameter '{name}' must match pattern {pattern}");
        }

        DemandBounds(name, declaration, text);
        var isList = declaration["Type"]?.ToString() is "CommaDelimitedList" or "List<Number>" or "List<String>";
        return isList ? new JsonArray([.. text.Split(',').Select(item => JsonValue.Create(item.Trim()))]) : JsonValue.Create(text);
    }

    private static void DemandBounds(string name, JsonObject declaration, string text)
    {
        if (declaration["Type"]?.ToString() == "Number")
        {
            var number = decimal.TryParse(text, CultureInfo.InvariantCulture, out var value)
                ? value
                : throw new DeploymentException($"Parameter '{name}' must be a number.");
            Demand(name, number >= Bound(declaration, "MinValue", decimal.MinValue), "be a number not less than", declaration["MinValue"]);
            Demand(
                name,
                number <= Bound(declaration, "MaxValue", decimal.MaxValue),
                "be a number not greater than",
                declaration["MaxValue"]
            );
        }

        Demand(name, text.Length >= Bound(declaration, "MinLength", 0), "contain at least", declaration["MinLength"], " characters");
        Demand(
            name,
            text.Length <= Bound(declaration, "MaxLength", int.MaxValue),
            "contain at most",
            declaration["MaxLength"],
            " characters"
        );
    }

    private static decimal Bound(JsonObject declaration, string member, decimal otherwise) =>
        declaration[member] is { } given ? decimal.Parse(given.ToString(), CultureInfo.InvariantCulture) : otherwise;

    private static void Demand(string name, bool holds, string what, JsonNode? bound, string unit = "")
    {
        if (!holds)
        {
            throw new DeploymentException($"Parameter '{name}' must {what} {bound}{unit}");
        }
    }
}
