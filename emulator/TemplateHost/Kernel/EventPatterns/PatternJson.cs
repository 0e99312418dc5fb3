using System.Text.Json.Nodes;

namespace TemplateHost.Kernel.EventPatterns;

/// <summary>JSON as EventBridge reads it: a dot in a key is a step into an object.</summary>
internal static class PatternJson
{
    /// <summary>The object with <c>{"a.b":1}</c> as <c>{"a":{"b":1}}</c>.</summary>
    public static JsonObject Nested(JsonObject node)
    {
        var nested = new JsonObject();
        foreach (var (name, value) in node)
        {
            var steps = name.Split('.');
            var at = nested;
            foreach (var step in steps[..^1])
            {
                at = at[step] as JsonObject ?? Put(at, step, []);
            }

            Merge(at, steps[^1], NestedValue(value));
        }

        return nested;
    }

    private static JsonNode? NestedValue(JsonNode? value) =>
        value switch
        {
            JsonObject inner => Nested(inner),
            JsonArray elements => new JsonArray([.. elements.Select(NestedValue)]),
            _ => value?.DeepClone(),
        };

    private static void Merge(JsonObject at, string name, JsonNode? value)
    {
        if (at[name] is JsonObject known && value is JsonObject added)
        {
            foreach (var (inner, deeper) in added)
            {
                Merge(known, inner, deeper?.DeepClone());
            }
        }
        else
        {
            at[name] = value;
        }
    }

    private static JsonObject Put(JsonObject at, string name, JsonObject value)
    {
        at[name] = value;
        return value;
    }
}
