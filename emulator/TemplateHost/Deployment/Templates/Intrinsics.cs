using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace TemplateHost.Deployment.Templates;

/// <summary>
/// Evaluates intrinsic functions. An absent value (<c>AWS::NoValue</c>) is null and drops the property or list item that holds it.
/// </summary>
internal sealed class Intrinsics(Template template, TemplateValues values)
{
    private readonly Dictionary<string, bool> conditions = [];
    private readonly List<string> underEvaluation = [];

    public JsonNode? Evaluate(JsonNode? node) =>
        node switch
        {
            JsonObject { Count: 1 } single when single.First() is var (name, argument) && IsFunction(name) => Apply(name, argument),
            JsonObject members => Members(members),
            JsonArray items => new JsonArray([.. items.Select(Evaluate).Where(item => item is not null)]),
            _ => node?.DeepClone(),
        };

    /// <summary>The node with every Fn::If replaced by the branch that its condition chooses; all else stays as it is written.</summary>
    public JsonNode? Choose(JsonNode? node) =>
        node switch
        {
            JsonObject { Count: 1 } single when single.First() is ("Fn::If", JsonArray branches) => Choose(
                Condition(branches[0]!.ToString()) ? branches[1] : branches[2]
            ),
            JsonObject { Count: 1 } single when single.First() is ("Ref", var name) && name?.ToString() == "AWS::NoValue" => null,
            JsonObject members => new JsonObject(
                members.Select(member => KeyValuePair.Create(member.Key, Choose(member.Value))).Where(member => member.Value is not null)
            ),
            JsonArray items => new JsonArray([.. items.Select(Choose).Where(item => item is not null)]),
            _ => node?.DeepClone(),
        };

    /// <summary>Whether a condition of the template holds.</summary>
    /// <exception cref="DeploymentException">The template has no such condition, or the condition needs itself.</exception>
    public bool Condition(string name)
    {
        if (conditions.TryGetValue(name, out var known))
        {
            return known;
        }

        if (underEvaluation.Contains(name))
        {
            throw new DeploymentException(
                $"Circular dependency between conditions: [{string.Join(", ", underEvaluation.SkipWhile(other => other != name))}]"
            );
        }

        underEvaluation.Add(name);
        var expression = template.Conditions[name] ?? throw new DeploymentException($"The template has no condition {name}.");
        conditions[name] = Holds(expression);
        underEvaluation.Remove(name);
        return conditions[name];
    }

    public static bool IsFunction(string name) => name is "Ref" || name.StartsWith("Fn::", StringComparison.Ordinal);

    private JsonObject Members(JsonObject members)
    {
        var evaluated = new JsonObject();
        foreach (var (name, value) in members)
        {
            if (Evaluate(value) is { } present)
            {
                evaluated[name] = present;
            }
        }

        return evaluated;
    }

    private JsonNode? Apply(string function, JsonNode? argument) =>
        function switch
        {
            "Ref" when argument!.ToString() == "AWS::NoValue" => null,
            "Ref" => values.Ref(argument!.ToString()),
            "Fn::GetAtt" => GetAttribute(argument!),
            "Fn::Join" => string.Join(Text(argument![0]), List(argument[1]).Select(item => item!.ToString())),
            "Fn::Sub" => Substitute(argument!),
            "Fn::Select" => Select(Text(argument![0]), List(argument[1])),
            "Fn::Split" => new JsonArray([.. Text(argument![1]).Split(Text(argument[0])).Select(part => JsonValue.Create(part))]),
            "Fn::If" => Evaluate(Condition(argument![0]!.ToString()) ? argument[1] : argument[2]),
            "Fn::FindInMap" => FindInMap(argument!),
            "Fn::Base64" => Convert.ToBase64String(Encoding.UTF8.GetBytes(Text(argument))),
            "Fn::GetAZs" => new JsonArray("us-east-1a", "us-east-1b", "us-east-1c"),
            _ => throw new DeploymentException($"The intrinsic function {function} is not honoured by the embedded host."),
        };

    private static JsonNode Select(string index, JsonArray items) =>
        int.TryParse(index, System.Globalization.CultureInfo.InvariantCulture, out var position) && position >= 0 && position < items.Count
            ? items[position]!.DeepClone()
            : throw new DeploymentException($"Template error: Fn::Select cannot select nonexistent value at index {index}");

    private JsonValue GetAttribute(JsonNode argument)
    {
        var path = argument is JsonArray list ? [Text(list[0]), Text(list[1])] : argument.ToString().Split('.', 2);
        return JsonValue.Create(values.Attribute(path[0], path[1]));
    }

    private JsonValue Substitute(JsonNode argument)
    {
        var text = argument is JsonArray pair ? pair[0]!.ToString() : argument.ToString();
        var given = argument is JsonArray withMap ? (JsonObject)withMap[1]! : [];
        var substituted = References.Placeholder().Replace(text, match => Placeholder(match.Groups[1].Value.Trim(), given));
        return JsonValue.Create(substituted.Replace("${!", "${", StringComparison.Ordinal));
    }

    private string Placeholder(string name, JsonObject given) =>
        given.TryGetPropertyValue(name, out var value) ? Text(value)
        : name.Split('.', 2) is [var logicalId, var attribute] ? values.Attribute(logicalId, attribute)
        : values.Ref(name).ToString();

    private JsonNode FindInMap(JsonNode argument) =>
        ((template.Mappings[Text(argument[0])] as JsonObject)?[Text(argument[1])] as JsonObject)?[Text(argument[2])]?.DeepClone()
        ?? throw new DeploymentException(
            $"Template error: Unable to get mapping for {Text(argument[0])}::{Text(argument[1])}::{Text(argument[2])}"
        );

    private bool Holds(JsonNode? expression)
    {
        if (expression is not JsonObject { Count: 1 } single)
        {
            throw new DeploymentException("A condition must be one condition function.");
        }

        var (function, argument) = single.First();
        return function switch
        {
            "Condition" => Condition(argument!.ToString()),
            "Fn::Equals" => Text(argument![0]) == Text(argument[1]),
            "Fn::And" => argument!.AsArray().All(Holds),
            "Fn::Or" => argument!.AsArray().Any(Holds),
            "Fn::Not" => !Holds(argument![0]),
            _ => throw new DeploymentException($"The condition function {function} is not honoured by the embedded host."),
        };
    }

    private string Text(JsonNode? node) =>
        Evaluate(node) switch
        {
            JsonValue value => value.GetValueKind() switch
            {
                JsonValueKind.True => "true",
                JsonValueKind.False => "false",
                _ => value.ToString(),
            },
            _ => throw new DeploymentException("An intrinsic function got a list or an object where it takes text."),
        };

    private JsonArray List(JsonNode? node) =>
        Evaluate(node) as JsonArray ?? throw new DeploymentException("An intrinsic function got something else where it takes a list.");
}
