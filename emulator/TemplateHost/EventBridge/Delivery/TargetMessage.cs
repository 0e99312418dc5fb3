using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using TemplateHost.EventBridge.Model;
using TemplateHost.Kernel.JsonPaths;

namespace TemplateHost.EventBridge.Delivery;

/// <summary>What a target gets of an event.</summary>
internal static class TargetMessage
{
    public static string Of(RuleTarget target, JsonObject @event, Rule rule)
    {
        if (target.Input is { } constant)
        {
            return constant;
        }

        if (target.InputPath is { } path)
        {
            return JsonPath.Parse(path).TryEvaluate(@event, out var part) ? JsonText.Of(part) : "null";
        }

        return target.InputTemplate is { } template
            ? Transform(template, target.InputPaths ?? new Dictionary<string, string>(), @event, rule)
            : JsonText.Of(@event);
    }

    /// <summary>Fills <c>&lt;name&gt;</c> in the template: as JSON where it stands alone, as bare text inside a string.</summary>
    private static string Transform(string template, IReadOnlyDictionary<string, string> paths, JsonObject @event, Rule rule)
    {
        var result = new StringBuilder();
        var inString = false;
        for (var at = 0; at < template.Length; at++)
        {
            var close = template[at] == '<' ? template.IndexOf('>', at) : -1;
            if (close > at && TryResolve(template[(at + 1)..close], paths, @event, rule, out var value))
            {
                result.Append(inString ? Inside(value) : JsonText.Of(value));
                at = close;
                continue;
            }

            inString ^= template[at] == '"' && (at == 0 || template[at - 1] != '\\');
            result.Append(template[at]);
        }

        return result.ToString();
    }

    private static bool TryResolve(
        string name,
        IReadOnlyDictionary<string, string> paths,
        JsonObject @event,
        Rule rule,
        out JsonNode? value
    )
    {
        value = name switch
        {
            "aws.events.rule-arn" => rule.Arn,
            "aws.events.rule-name" => rule.Name,
            "aws.events.event.ingestion-time" => @event["time"]?.DeepClone(),
            "aws.events.event.json" or "aws.events.event" => @event.DeepClone(),
            _ => null,
        };
        return value is not null
            || (paths.TryGetValue(name, out var path) && (JsonPath.Parse(path).TryEvaluate(@event, out value) || true));
    }

    private static string Inside(JsonNode? value) =>
        value?.GetValueKind() == JsonValueKind.String ? JsonText.Of(value)[1..^1]
        : value is null ? ""
        // An object inside a text loses its quotes, as at AWS, so that the text stays one.
        : JsonText.Of(value).Replace("\"", "", StringComparison.Ordinal);
}
