using System.Text.Json.Nodes;

namespace TemplateHost.Kernel.EventPatterns;

/// <summary>prefix, suffix, equals-ignore-case, wildcard.</summary>
internal sealed class TextMatcher(string comparison, string operand, bool ignoresCase) : ValueMatcher
{
    public static ValueMatcher Parse(string name, JsonNode? operand)
    {
        if (operand is JsonObject { Count: 1 } inner && name is "prefix" or "suffix" && inner["equals-ignore-case"] is { } text)
        {
            return new TextMatcher(name, text.GetValue<string>(), ignoresCase: true);
        }

        if (name is not ("prefix" or "suffix" or "equals-ignore-case" or "wildcard"))
        {
            throw new FormatException($"Unrecognized match type {name}");
        }

        var value = Text(operand) ?? throw new FormatException($"{name} match pattern must be a string");
        if (value.Length == 0 && name is "prefix" or "suffix")
        {
            throw new FormatException($"Null prefix/suffix not allowed: {name}");
        }

        return name == "wildcard" && value.Contains("**", StringComparison.Ordinal)
            ? throw new FormatException("Consecutive wildcard characters are not allowed")
            : new TextMatcher(name, value, ignoresCase: false);
    }

    protected override bool Accepts(JsonNode? value)
    {
        var order = ignoresCase ? StringComparison.OrdinalIgnoreCase : StringComparison.Ordinal;
        return Text(value) is { } text
            && comparison switch
            {
                "prefix" => text.StartsWith(operand, order),
                "suffix" => text.EndsWith(operand, order),
                "equals-ignore-case" => string.Equals(text, operand, StringComparison.OrdinalIgnoreCase),
                _ => Wildcard.Matches(operand, text),
            };
    }
}
