using System.Text.Json;
using System.Text.Json.Nodes;
using TemplateHost.Kernel.JsonPaths;

namespace TemplateHost.Kernel.EventPatterns;

/// <summary>An event pattern: https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-event-patterns.html.</summary>
internal sealed class EventPattern
{
    private readonly FieldPattern root;

    private EventPattern(FieldPattern root) => this.root = root;

    /// <exception cref="FormatException">The text is not a pattern; the message says why.</exception>
    public static EventPattern Parse(string text)
    {
        try
        {
            return JsonText.Parse(text) is JsonObject { Count: > 0 } pattern
                ? new EventPattern(FieldPattern.Parse(PatternJson.Nested(pattern)))
                : throw new FormatException("Filter is not an object");
        }
        catch (JsonException fault)
        {
            throw new FormatException(fault.Message);
        }
    }

    public bool Matches(JsonObject @event) => root.Matches(PatternJson.Nested(@event));
}

/// <summary>What an object must hold: every field of the pattern, and one of each <c>$or</c>.</summary>
internal sealed class FieldPattern
{
    private readonly List<(string Name, FieldPattern Pattern)> nested = [];
    private readonly List<(string Name, List<ValueMatcher> Matchers)> leaves = [];
    private readonly List<List<FieldPattern>> alternatives = [];

    public static FieldPattern Parse(JsonObject pattern)
    {
        var parsed = new FieldPattern();
        foreach (var (name, value) in pattern)
        {
            parsed.Add(name, value);
        }

        return parsed;
    }

    public bool Matches(JsonNode? node) => MatchesAny(node, this);

    private static bool MatchesAny(JsonNode? node, FieldPattern pattern) =>
        node switch
        {
            // An array of objects matches where one of its elements does.
            JsonArray elements => elements.Any(element => MatchesAny(element, pattern)),
            _ => pattern.MatchesObject(node as JsonObject),
        };

    private bool MatchesObject(JsonObject? members) =>
        leaves.TrueForAll(leaf => MatchesLeaf(members, leaf.Name, leaf.Matchers))
        && nested.TrueForAll(field => field.Pattern.Matches(members?[field.Name]))
        && alternatives.TrueForAll(either => either.Exists(pattern => pattern.MatchesObject(members)));

    private static bool MatchesLeaf(JsonObject? members, string name, List<ValueMatcher> matchers)
    {
        JsonNode? value = null;
        var present =
            members is not null && members.TryGetPropertyValue(name, out value) && value is not (JsonObject or JsonArray { Count: 0 });
        return matchers.Exists(matcher => matcher.Matches(present, value));
    }

    private void Add(string name, JsonNode? value)
    {
        switch (value)
        {
            case JsonArray either when name == "$or" && either.Count > 1 && either.All(element => element is JsonObject):
                alternatives.Add([.. either.Select(element => Parse(element!.AsObject()))]);
                break;
            case JsonArray { Count: > 0 } values:
                WildcardComplexity.Demand([.. ValueMatcher.WildcardsOf(values)]);
                leaves.Add((name, [.. values.Select(ValueMatcher.Parse)]));
                break;
            case JsonArray:
                throw new FormatException($"Empty arrays are not allowed: {name}");
            case JsonObject { Count: > 0 } inner:
                nested.Add((name, Parse(inner)));
                break;
            default:
                throw new FormatException($"\"{name}\" must be an object or an array");
        }
    }
}
