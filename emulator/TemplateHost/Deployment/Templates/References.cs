using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace TemplateHost.Deployment.Templates;

/// <summary>Finds what a piece of a template refers to.</summary>
internal static partial class References
{
    /// <summary>
    /// Logical ids and parameter names, with repeats; those of which only an attribute is asked are in <see cref="AttributesIn"/>.
    /// </summary>
    public static IEnumerable<string> In(JsonNode? node) => Functions(node).SelectMany(function => Named(function.Key, function.Value));

    /// <summary>What Fn::GetAtt, or a placeholder with a dot, asks for.</summary>
    public static IEnumerable<(string Resource, string Attribute)> AttributesIn(JsonNode? node) =>
        Functions(node)
            .SelectMany(function =>
                function switch
                {
                    ("Fn::GetAtt", JsonArray path) => [(path[0]!.ToString(), path[1]!.ToString())],
                    ("Fn::GetAtt", var path) => [Split(path!.ToString())],
                    ("Fn::Sub", var argument) => PlaceholdersOf(argument)
                        .Where(name => name.Contains('.', StringComparison.Ordinal))
                        .Select(Split),
                    _ => Enumerable.Empty<(string, string)>(),
                }
            );

    /// <summary>The conditions that Fn::If, or another condition, asks for.</summary>
    public static IEnumerable<string> ConditionsIn(JsonNode? node) =>
        node switch
        {
            JsonObject { Count: 1 } single when single.First() is ("Fn::If", JsonArray branches) => branches
                .Skip(1)
                .SelectMany(ConditionsIn)
                .Prepend(branches[0]!.ToString()),
            JsonObject { Count: 1 } single when single.First() is ("Condition", JsonValue name) && single.Parent is JsonArray =>
            [
                name.ToString(),
            ],
            JsonObject members => members.SelectMany(member => ConditionsIn(member.Value)),
            JsonArray items => items.SelectMany(ConditionsIn),
            _ => [],
        };

    /// <summary>Every function in the node, those in arguments of others included.</summary>
    private static IEnumerable<KeyValuePair<string, JsonNode?>> Functions(JsonNode? node) =>
        node switch
        {
            JsonObject { Count: 1 } single when Intrinsics.IsFunction(single.First().Key) => Functions(single.First().Value)
                .Prepend(single.First()),
            JsonObject members => members.SelectMany(member => Functions(member.Value)),
            JsonArray items => items.SelectMany(Functions),
            _ => [],
        };

    /// <summary>A placeholder of Fn::Sub: <c>${Name}</c> or <c>${Name.Attribute}</c>; <c>${!Name}</c> is text.</summary>
    [GeneratedRegex(@"\$\{([^!}][^}]*)\}")]
    public static partial Regex Placeholder();

    private static IEnumerable<string> Named(string function, JsonNode? argument) =>
        function switch
        {
            "Ref" => [argument!.ToString()],
            "Fn::Sub" => PlaceholdersOf(argument).Where(name => !name.Contains('.', StringComparison.Ordinal)),
            _ => [],
        };

    private static IEnumerable<string> PlaceholdersOf(JsonNode? argument)
    {
        var given = (argument as JsonArray)?[1] as JsonObject ?? [];
        var text = argument is JsonArray pair ? pair[0]!.ToString() : argument!.ToString();
        return Placeholder().Matches(text).Select(match => match.Groups[1].Value.Trim()).Where(name => !given.ContainsKey(name));
    }

    private static (string Resource, string Attribute) Split(string path) => (path.Split('.', 2)[0], path.Split('.', 2)[^1]);
}
