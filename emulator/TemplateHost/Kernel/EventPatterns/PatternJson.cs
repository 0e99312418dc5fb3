using System.Text.Json;
using System.Text.Json.Nodes;

namespace TemplateHost.Kernel.EventPatterns;

/// <summary>JSON as EventBridge reads it: the last of equal keys counts, and a dot in a key is a step into an object.</summary>
internal static class PatternJson
{
    /// <exception cref="JsonException">Not JSON.</exception>
    public static JsonNode? Parse(string text)
    {
        using var document = JsonDocument.Parse(text);
        try
        {
            return Read(document.RootElement);
        }
        catch (InvalidOperationException fault)
        {
            throw new JsonException("A text has half a surrogate pair.", fault);
        }
    }

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

    private static JsonNode? Read(JsonElement element)
    {
        switch (element.ValueKind)
        {
            case JsonValueKind.Object:
                var members = new JsonObject();
                foreach (var member in element.EnumerateObject())
                {
                    members[member.Name] = Read(member.Value);
                }

                return members;
            case JsonValueKind.Array:
                return new JsonArray([.. element.EnumerateArray().Select(Read)]);
            case JsonValueKind.String:
                return element.GetString();
            default:
                return JsonNode.Parse(element.GetRawText());
        }
    }
}
