using System.Text.Json.Nodes;

namespace FairShare.Scenarios.Tests.Fuzz;

/// <summary>A call of an API, as its description has it: a route that is added is drawn without further work.</summary>
/// <param name="Method">The HTTP method.</param>
/// <param name="Path">The path, with its parameters in braces.</param>
/// <param name="MediaType">What its body is; null where it has none.</param>
/// <param name="Body">An example of its body; null where there is none.</param>
/// <param name="Parameters">Names of its query's parameters and of its headers.</param>
internal sealed record ApiOperation(
    HttpMethod Method,
    string Path,
    string? MediaType,
    JsonNode? Body,
    IReadOnlyList<(string Name, string Place)> Parameters
)
{
    /// <summary>Whether a path is one of this call's.</summary>
    public bool Takes(HttpMethod method, IReadOnlyList<string> path) =>
        method == Method
        && Segments.Count == path.Count
        && Segments.Zip(path).All(pair => pair.First == pair.Second || pair.First.StartsWith('{'));

    /// <summary>The parts of the path.</summary>
    public IReadOnlyList<string> Segments { get; } = Path.Trim('/').Split('/');

    /// <summary>The calls of a description of docs/.</summary>
    public static IReadOnlyList<ApiOperation> Read(string file)
    {
        var document = JsonNode.Parse(File.ReadAllText(System.IO.Path.Combine(AppContext.BaseDirectory, file)))!;
        var operations =
            from path in document["paths"]!.AsObject()
            from operation in path.Value!.AsObject()
            select Read(document, path.Key, operation.Key, operation.Value!);
        return [.. operations];
    }

    private static ApiOperation Read(JsonNode document, string path, string method, JsonNode operation)
    {
        var body = operation["requestBody"]?["content"]?.AsObject().First();
        var parameters = (operation["parameters"]?.AsArray() ?? []).Select(one => ($"{one!["name"]}", $"{one["in"]}"));
        return new ApiOperation(
            HttpMethod.Parse(method),
            path,
            body?.Key,
            body is { Value: { } content } ? content["example"]?.DeepClone() ?? Example(document, content["schema"], 0) : null,
            [.. parameters.Where(parameter => parameter.Item2 != "path")]
        );
    }

    // Where nobody has noted an example: something of the right types.
    private static JsonNode? Example(JsonNode document, JsonNode? schema, int depth)
    {
        if ($"{schema?["$ref"]}" is { Length: > 0 } reference)
        {
            return Example(document, reference.TrimStart('#', '/').Split('/').Aggregate(document, (node, name) => node[name]!), depth);
        }

        var type = schema?["type"] is JsonArray several ? $"{several[0]}" : $"{schema?["type"]}";
        return type switch
        {
            _ when depth > 6 => null,
            "object" => new JsonObject(
                (schema!["properties"]?.AsObject() ?? []).Select(member =>
                    KeyValuePair.Create(member.Key, Example(document, member.Value, depth + 1))
                )
            ),
            "array" => new JsonArray(Example(document, schema!["items"], depth + 1)),
            "integer" or "number" => 1,
            "boolean" => true,
            _ => "text",
        };
    }
}
