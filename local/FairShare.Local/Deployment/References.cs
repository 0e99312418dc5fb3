using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace FairShare.Local.Deployment;

/// <summary>Finds what a piece of a template refers to.</summary>
internal static partial class References
{
    /// <summary>Logical ids and parameter names, with repeats.</summary>
    public static IEnumerable<string> In(JsonNode? node) => node switch
    {
        JsonObject { Count: 1 } single when single.First() is var (name, argument) && Named(name, argument) is { } found => found,
        JsonObject members => members.SelectMany(member => In(member.Value)),
        JsonArray items => items.SelectMany(In),
        _ => [],
    };

    /// <summary>A placeholder of Fn::Sub: <c>${Name}</c> or <c>${Name.Attribute}</c>; <c>${!Name}</c> is text.</summary>
    [GeneratedRegex(@"\$\{([^!}][^}]*)\}")]
    public static partial Regex Placeholder();

    private static IEnumerable<string>? Named(string function, JsonNode? argument) => function switch
    {
        "Ref" => [argument!.ToString()],
        "Fn::GetAtt" when argument is JsonArray path => [path[0]!.ToString()],
        "Fn::GetAtt" => [argument!.ToString().Split('.')[0]],
        "Fn::Sub" when argument is JsonArray pair => PlaceholdersOf(pair[0]!.ToString()).Except(Names(pair[1])).Concat(In(pair[1])),
        "Fn::Sub" when argument?.GetValueKind() == JsonValueKind.String => PlaceholdersOf(argument.ToString()),
        _ => null,
    };

    private static IEnumerable<string> PlaceholdersOf(string text) =>
        Placeholder().Matches(text).Select(match => match.Groups[1].Value.Split('.')[0].Trim());

    private static IEnumerable<string> Names(JsonNode? map) => (map as JsonObject ?? []).Select(member => member.Key);
}
