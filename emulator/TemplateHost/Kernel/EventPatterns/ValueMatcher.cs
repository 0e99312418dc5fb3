using System.Text.Json;
using System.Text.Json.Nodes;

namespace TemplateHost.Kernel.EventPatterns;

/// <summary>One element of a pattern's list: an exact value, or a comparison such as <c>{"prefix": "a"}</c>.</summary>
internal abstract class ValueMatcher
{
    /// <param name="present">Whether the event has the field, as a value or a list of values.</param>
    /// <param name="value">The field.</param>
    public virtual bool Matches(bool present, JsonNode? value) =>
        present && (value is JsonArray elements ? elements.Any(Accepts) : Accepts(value));

    public static ValueMatcher Parse(JsonNode? node)
    {
        if (node is not JsonObject comparison)
        {
            return new ExactMatcher(node?.DeepClone());
        }

        if (comparison.Count != 1)
        {
            throw new FormatException("Only one key allowed in match expression");
        }

        var (name, operand) = comparison.First();
        return name switch
        {
            "exists" => ExistsMatcher.Parse(operand),
            "numeric" => NumericMatcher.Parse(operand as JsonArray ?? throw new FormatException("Value of numeric must be an array.")),
            "cidr" => CidrMatcher.Parse(operand),
            "anything-but" => AnythingButMatcher.Parse(operand),
            _ => TextMatcher.Parse(name, operand),
        };
    }

    /// <summary>The wildcard patterns among a field's comparisons.</summary>
    public static IEnumerable<string> WildcardsOf(JsonArray comparisons) =>
        comparisons
            .OfType<JsonObject>()
            .Select(comparison => (comparison["anything-but"] as JsonObject)?["wildcard"] ?? comparison["wildcard"])
            .SelectMany(wildcard => wildcard as JsonArray ?? [wildcard?.DeepClone()])
            .Select(Text)
            .OfType<string>();

    protected abstract bool Accepts(JsonNode? value);

    /// <summary>Equal as EventBridge compares: numbers by value, everything else by kind and text.</summary>
    protected static bool AreEqual(JsonNode? left, JsonNode? right) =>
        JsonNode.DeepEquals(left, right) || (Number(left) is { } one && Number(right) is { } other && one == other);

    protected static double? Number(JsonNode? node) =>
        node?.GetValueKind() == JsonValueKind.Number
            ? double.Parse(node.ToJsonString(), System.Globalization.CultureInfo.InvariantCulture)
            : null;

    protected static string? Text(JsonNode? node) => node?.GetValueKind() == JsonValueKind.String ? node.GetValue<string>() : null;

    private sealed class ExactMatcher(JsonNode? expected) : ValueMatcher
    {
        protected override bool Accepts(JsonNode? value) => AreEqual(expected, value);
    }

    private sealed class ExistsMatcher(bool expected) : ValueMatcher
    {
        public static new ExistsMatcher Parse(JsonNode? operand) =>
            operand?.GetValueKind() is JsonValueKind.True or JsonValueKind.False
                ? new ExistsMatcher(operand.GetValue<bool>())
                : throw new FormatException("exists match pattern must be either true or false.");

        public override bool Matches(bool present, JsonNode? value) => present == expected;

        protected override bool Accepts(JsonNode? value) => expected;
    }

    /// <summary>True where none of the excluded values, or none of the excluded texts, is met.</summary>
    private sealed class AnythingButMatcher(List<ValueMatcher> excluded) : ValueMatcher
    {
        public static new AnythingButMatcher Parse(JsonNode? operand) =>
            new(
                operand switch
                {
                    JsonArray values => [.. values.Select(Excluded)],
                    JsonObject { Count: 1 } comparison when comparison.First() is var (name, inner) =>
                    [
                        .. (inner as JsonArray ?? [inner?.DeepClone()]).Select(value => TextMatcher.Parse(name, value)),
                    ],
                    JsonObject => throw new FormatException("Only one key allowed in anything-but expression"),
                    _ => [Excluded(operand)],
                }
            );

        private static ExactMatcher Excluded(JsonNode? value) =>
            value?.GetValueKind() is JsonValueKind.String or JsonValueKind.Number
                ? new ExactMatcher(value.DeepClone())
                : throw new FormatException("Inside anything but list, only strings and numbers are supported.");

        protected override bool Accepts(JsonNode? value) => !excluded.Exists(matcher => matcher.Accepts(value));
    }
}
