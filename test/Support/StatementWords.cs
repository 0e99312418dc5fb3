using System.Text.Json.Nodes;

namespace FairShare.Testing;

/// <summary>What stands in a template's policies, in the words of the pages about rights.</summary>
public static class StatementWords
{
    /// <summary>The texts of an element that is one or a list of several; none where it is absent.</summary>
    public static IEnumerable<string> List(JsonNode? node) =>
        node switch
        {
            null => [],
            JsonArray list => list.Select(Text),
            _ => [Text(node)],
        };

    /// <summary>The conditions; that a key must be there at all goes without saying where another one asks for it.</summary>
    public static string Condition(JsonNode? condition) =>
        string.Join("; ", Tests(condition).Select(test => $"`{test.Key}` {Word(test.Operator)} {string.Join(", ", test.Values)}"));

    /// <summary>The conditions one by one; that a key must be there at all is none of them.</summary>
    public static IEnumerable<(string Operator, string Key, IReadOnlyList<string> Values)> Tests(JsonNode? condition) =>
        (condition as JsonObject ?? [])
            .SelectMany(operation => operation.Value!.AsObject().Select(key => (operation.Key, key.Key, List(key.Value).ToList())))
            .Where(test => test is not { Item1: "Null", Item3: ["false"] })
            .Select(test => (test.Item1, test.Item2, (IReadOnlyList<string>)test.Item3));

    /// <summary>A logical id without the eight digits that make it unique.</summary>
    public static string Short(string logicalId) =>
        logicalId.Length > 8 && logicalId[^8..].All(char.IsAsciiHexDigitUpper) ? logicalId[..^8] : logicalId;

    /// <summary>A value with its references by name.</summary>
    private static string Text(JsonNode? node) =>
        node switch
        {
            JsonObject value when value["Fn::Join"] is { } join => string.Concat(join[1]!.AsArray().Select(Text)),
            JsonObject value when value["Fn::Select"] is { } select => Text(select[1]!["Fn::Split"]![1]),
            JsonObject value when value["Fn::GetAtt"] is { } attribute => Short(attribute[0]!.GetValue<string>()),
            JsonObject value when value["Ref"]?.GetValue<string>() is { } name => name.StartsWith("AWS::", StringComparison.Ordinal)
                ? $"<{name[5..]}>"
                : Short(name),
            _ => node!.ToString(),
        };

    private static string Word(string operation) =>
        operation switch
        {
            "ForAllValues:StringLike" => "all like",
            "ForAllValues:StringEquals" => "all of",
            "StringEquals" => "is",
            "ArnEquals" => "is",
            "Null" => "is absent:",
            _ => operation,
        };
}
