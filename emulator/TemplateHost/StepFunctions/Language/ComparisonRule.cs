using System.Text.Json;
using System.Text.Json.Nodes;
using TemplateHost.Kernel;
using TemplateHost.Kernel.JsonPaths;

namespace TemplateHost.StepFunctions.Language;

/// <summary>A Choice comparison: <c>Variable</c> and exactly one operator, whose value may itself be a path (<c>…Path</c>).</summary>
internal sealed class ComparisonRule : ChoiceRule
{
    private static readonly string[] Notes = ["Variable", "Next", "Comment", "Assign", "Output"];
    private readonly string variable;
    private readonly string comparison;
    private readonly bool byPath;
    private readonly JsonNode? expected;

    private ComparisonRule(string variable, string name, JsonNode? expected)
    {
        this.variable = variable;
        this.expected = expected;
        byPath = name.EndsWith("Path", StringComparison.Ordinal);
        comparison = byPath ? name[..^4] : name;
    }

    public static new ComparisonRule Parse(JsonObject rule)
    {
        var variable = rule["Variable"]?.GetValue<string>() ?? throw new FormatException("a Choice rule has no Variable, And, Or or Not");
        var names = rule.Select(member => member.Key).Except(Notes).ToList();
        if (names.Count != 1)
        {
            throw new FormatException($"a Choice rule needs exactly one operator, and has {names.Count}");
        }

        var parsed = new ComparisonRule(variable, names[0], rule[names[0]]?.DeepClone());
        return Comparisons.Exists(parsed.comparison, parsed.byPath)
            ? parsed
            : throw new FormatException($"the Choice operator {names[0]} is unknown");
    }

    public override bool Matches(Scope scope)
    {
        var found = scope.TryEvaluate(variable, out var actual);
        if (comparison == "IsPresent")
        {
            return found == expected!.GetValue<bool>();
        }

        if (!found)
        {
            throw StateFailedException.Runtime(
                $"Invalid path '{variable}': The choice state's condition path references an invalid value."
            );
        }

        return Comparisons.Test(comparison, actual, Expected(scope));
    }

    private JsonNode? Expected(Scope scope)
    {
        if (!byPath)
        {
            return expected;
        }

        var path = expected!.GetValue<string>();
        return scope.TryEvaluate(path, out var value)
            ? value
            : throw StateFailedException.Runtime($"Invalid path '{path}': The choice state's condition path references an invalid value.");
    }
}

/// <summary>The operators of Choice comparisons; a value of another type than the operator's never matches.</summary>
internal static class Comparisons
{
    private static readonly string[] Orders = ["Equals", "LessThan", "GreaterThan", "LessThanEquals", "GreaterThanEquals"];
    private static readonly string[] Kinds = ["IsNull", "IsPresent", "IsNumeric", "IsString", "IsBoolean", "IsTimestamp"];

    public static bool Exists(string name, bool byPath) =>
        (name is "BooleanEquals" or "StringMatches" && !(byPath && name == "StringMatches"))
        || (!byPath && Kinds.Contains(name))
        || Orders.Any(order => name == "String" + order || name == "Numeric" + order || name == "Timestamp" + order);

    public static bool Test(string name, JsonNode? actual, JsonNode? expected) =>
        name switch
        {
            "IsNull" or "IsNumeric" or "IsString" or "IsBoolean" or "IsTimestamp" => IsKind(name, actual) == expected!.GetValue<bool>(),
            "BooleanEquals" => actual?.GetValueKind() is JsonValueKind.True or JsonValueKind.False && JsonNode.DeepEquals(actual, expected),
            "StringMatches" => Text(actual) is { } text && Wildcard.Matches(expected!.GetValue<string>(), text),
            _ when name.StartsWith("String", StringComparison.Ordinal) => Text(actual) is { } left
                && Text(expected) is { } right
                && Ordered(name[6..], string.CompareOrdinal(left, right)),
            _ when name.StartsWith("Numeric", StringComparison.Ordinal) => Number(actual) is { } left
                && Number(expected) is { } right
                && Ordered(name[7..], left.CompareTo(right)),
            _ => Timestamp(actual) is { } left && Timestamp(expected) is { } right && Ordered(name[9..], left.CompareTo(right)),
        };

    private static bool IsKind(string name, JsonNode? actual) =>
        name switch
        {
            "IsNull" => actual is null,
            "IsNumeric" => Number(actual) is not null,
            "IsString" => Text(actual) is not null,
            "IsBoolean" => actual?.GetValueKind() is JsonValueKind.True or JsonValueKind.False,
            _ => Timestamp(actual) is not null,
        };

    private static bool Ordered(string order, int comparison) =>
        order switch
        {
            "Equals" => comparison == 0,
            "LessThan" => comparison < 0,
            "GreaterThan" => comparison > 0,
            "LessThanEquals" => comparison <= 0,
            _ => comparison >= 0,
        };

    private static string? Text(JsonNode? node) => node?.GetValueKind() == JsonValueKind.String ? node.GetValue<string>() : null;

    private static double? Number(JsonNode? node) => node?.GetValueKind() == JsonValueKind.Number ? JsonValues.Number(node) : null;

    private static DateTimeOffset? Timestamp(JsonNode? node) =>
        Text(node) is { } text && Timestamps.TryParse(text, out var time) ? time : null;
}
