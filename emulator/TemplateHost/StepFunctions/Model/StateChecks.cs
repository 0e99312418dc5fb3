using System.Text.Json;
using System.Text.Json.Nodes;
using TemplateHost.Kernel.JsonPaths;
using TemplateHost.StepFunctions.Language;

namespace TemplateHost.StepFunctions.Model;

/// <summary>What is checked of one state by itself: required fields, paths that parse, error handlers.</summary>
internal static class StateChecks
{
    private static readonly string[] WireTypes = ["BOOL", "NULL", "SS", "NS", "BS"];

    public static IEnumerable<DefinitionFault> Check(JsonObject state, string at) =>
        Required(state, at)
            .Concat(Paths(state, at))
            .Concat(Handlers(state, at))
            .Concat(Choices(state, at))
            .Concat(Templates(state, at))
            .Concat(AttributeTypes(state, at));

    private static IEnumerable<DefinitionFault> Required(JsonObject state, string at)
    {
        string[][] needed = state["Type"]!.ToString() switch
        {
            "Task" =>
            [
                ["Resource"],
            ],
            "Choice" =>
            [
                ["Choices"],
            ],
            "Wait" =>
            [
                ["Seconds", "SecondsPath", "Timestamp", "TimestampPath"],
            ],
            "Parallel" =>
            [
                ["Branches"],
            ],
            "Map" =>
            [
                ["ItemProcessor", "Iterator"],
            ],
            _ => [],
        };
        return needed
            .Where(group => group.Count(state.ContainsKey) != 1)
            .Select(group => Fault($"Exactly one of these fields is required: [{string.Join(", ", group)}]", at))
            .Concat(Resource(state, at))
            .Concat(Mode(state, at));
    }

    private static IEnumerable<DefinitionFault> Mode(JsonObject state, string at)
    {
        if (state["ItemProcessor"]?["ProcessorConfig"]?["Mode"]?.ToString() is { } mode and not "INLINE")
        {
            yield return Fault($"The mode '{mode}' is not one that the embedded host serves.", at + "/ItemProcessor/ProcessorConfig/Mode");
        }
    }

    private static IEnumerable<DefinitionFault> Resource(JsonObject state, string at)
    {
        if (state["Type"]!.ToString() == "Task" && state["Resource"] is { } resource && !TaskResource.TryParse(resource.ToString(), out _))
        {
            yield return Fault($"The resource '{resource}' is not an integration that the embedded host serves.", at + "/Resource");
        }
    }

    private static IEnumerable<DefinitionFault> Paths(JsonObject state, string at) =>
        StateFields
            .PathFields.Where(field => state[field] is not null && !Parses(state[field]!.ToString()))
            .Select(field => Fault($"Value is not a Reference Path or JSONPath: {state[field]}", $"{at}/{field}"));

    private static IEnumerable<DefinitionFault> Handlers(JsonObject state, string at)
    {
        foreach (var (list, fields) in new[] { ("Retry", StateFields.Retry), ("Catch", StateFields.Catch) })
        {
            var entries = (state[list] as JsonArray ?? []).OfType<JsonObject>().ToList();
            foreach (var (entry, index) in entries.Select((entry, index) => (entry, index)))
            {
                var place = $"{at}/{list}/{index}";
                foreach (var unknown in entry.Select(member => member.Key).Where(name => !fields.Contains(name)))
                {
                    yield return Fault($"Field '{unknown}' is not supported.", $"{place}/{unknown}");
                }

                var errors = (entry["ErrorEquals"] as JsonArray ?? []).Select(name => name?.ToString()).ToList();
                if (errors.Count == 0 || (errors.Contains(ErrorNames.All) && (errors.Count > 1 || index < entries.Count - 1)))
                {
                    yield return Fault(
                        "ErrorEquals must not be empty; States.ALL must stand alone and in the last entry.",
                        place + "/ErrorEquals"
                    );
                }

                if (list == "Catch" && !entry.ContainsKey("Next"))
                {
                    yield return Fault("The field 'Next' is required.", place);
                }
            }
        }
    }

    private static IEnumerable<DefinitionFault> Choices(JsonObject state, string at)
    {
        foreach (var (rule, index) in (state["Choices"] as JsonArray ?? []).Select((rule, index) => (rule as JsonObject, index)))
        {
            if (rule?["Next"] is null || Failure(() => ChoiceRule.Parse(rule)) is not null)
            {
                var why = rule?["Next"] is null ? "the field 'Next' is required" : Failure(() => ChoiceRule.Parse(rule));
                yield return Fault($"The Choice rule is not valid: {why}.", $"{at}/Choices/{index}");
            }
        }
    }

    private static IEnumerable<DefinitionFault> Templates(JsonObject state, string at) =>
        new[] { "Parameters", "ResultSelector", "ItemSelector" }.SelectMany(field => Template(state[field], $"{at}/{field}"));

    private static IEnumerable<DefinitionFault> Template(JsonNode? node, string at) =>
        node switch
        {
            JsonObject members => members.SelectMany(member =>
                member.Key.EndsWith(".$", StringComparison.Ordinal)
                    ? Expression(member.Value, $"{at}/{member.Key}")
                    : Template(member.Value, $"{at}/{member.Key}")
            ),
            JsonArray elements => elements.SelectMany((element, index) => Template(element, $"{at}/{index}")),
            _ => [],
        };

    private static IEnumerable<DefinitionFault> Expression(JsonNode? value, string at)
    {
        if (value?.GetValueKind() != JsonValueKind.String || !Parses(value.GetValue<string>()))
        {
            yield return Fault(
                $"The value for the field '{at[(at.LastIndexOf('/') + 1)..]}' must be a valid JSONPath or a valid intrinsic function call",
                at
            );
        }
    }

    /// <summary>
    /// SDK integrations have members in the case of the SDK for Java; the wire's own attribute types are refused, as by AWS.
    /// </summary>
    private static IEnumerable<DefinitionFault> AttributeTypes(JsonObject state, string at) =>
        state["Resource"]?.ToString().Contains(":aws-sdk:dynamodb:", StringComparison.Ordinal) is true
            ? AttributeTypes(state["Parameters"], at + "/Parameters")
            : [];

    private static IEnumerable<DefinitionFault> AttributeTypes(JsonNode? node, string at) =>
        node switch
        {
            JsonObject { Count: 1 } single
                when single.First() is { Value: not JsonObject } only && WireTypes.Contains(only.Key.Split('.')[0]) =>
            [
                Fault($"The field \"{only.Key}\" is not supported by Step Functions", $"{at}/{only.Key}"),
            ],
            JsonObject members => members.SelectMany(member => AttributeTypes(member.Value, $"{at}/{member.Key}")),
            JsonArray elements => elements.SelectMany((element, index) => AttributeTypes(element, $"{at}/{index}")),
            _ => [],
        };

    private static bool Parses(string expression) =>
        Failure(() =>
        {
            if (JsonPath.IsPath(expression))
            {
                return JsonPath.Parse(expression.StartsWith("$$", StringComparison.Ordinal) ? expression[1..] : expression);
            }

            var call = IntrinsicCall.Parse(expression);
            return IntrinsicFunctions.Exists(call.Name) ? call : throw new FormatException(call.Name);
        })
            is null;

    private static string? Failure(Func<object> parse)
    {
        try
        {
            parse();
            return null;
        }
        catch (Exception fault) when (fault is FormatException or InvalidOperationException)
        {
            return fault.Message;
        }
    }

    private static DefinitionFault Fault(string message, string at) => new("SCHEMA_VALIDATION_FAILED", message, at);
}
