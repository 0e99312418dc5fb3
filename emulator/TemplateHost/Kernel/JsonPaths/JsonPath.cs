using System.Text.Json.Nodes;

namespace TemplateHost.Kernel.JsonPaths;

/// <summary>A JSONPath as the States Language uses it: <c>$.a['b'][0]</c>, wildcards, slices, unions, descendants and filters.</summary>
internal sealed class JsonPath
{
    private readonly IReadOnlyList<PathStep> steps;

    private JsonPath(string text, IReadOnlyList<PathStep> steps)
    {
        Text = text;
        this.steps = steps;
    }

    public string Text { get; }

    /// <summary>Whether the path can name at most one node; only such a path is a Reference Path.</summary>
    public bool IsDefinite => steps.All(step => step is ChildStep or IndexStep);

    public IReadOnlyList<PathStep> Steps => steps;

    /// <exception cref="FormatException">The text is not a path.</exception>
    public static JsonPath Parse(string text) => new(text, new JsonPathParser(text).Parse());

    public static bool IsPath(string text) => text.StartsWith('$');

    /// <summary>The nodes that the path names; a JSON null among them is a null element.</summary>
    public List<JsonNode?> Select(JsonNode? root)
    {
        List<JsonNode?> nodes = [root];
        foreach (var step in steps)
        {
            nodes = [.. nodes.SelectMany(node => step.Apply(node, root))];
        }

        return nodes;
    }

    /// <summary>The value of the path: the node itself when it is definite, else the array of matches.</summary>
    /// <returns>False when a definite path names nothing.</returns>
    public bool TryEvaluate(JsonNode? root, out JsonNode? value)
    {
        var nodes = Select(root);
        if (IsDefinite)
        {
            value = nodes.Count == 0 ? null : nodes[0]?.DeepClone();
            return nodes.Count > 0;
        }

        value = new JsonArray([.. nodes.Select(node => node?.DeepClone())]);
        return true;
    }

    /// <summary>A path of names and indices as error messages write it: <c>$['a'][0]</c>.</summary>
    public static string Normal(string text) =>
        string.Concat(
            Parse(text.StartsWith("$$", StringComparison.Ordinal) ? text[1..] : text)
                .steps.Select(step =>
                    step switch
                    {
                        ChildStep child => $"['{child.Name}']",
                        IndexStep index => $"[{index.Index}]",
                        _ => "[*]",
                    }
                )
                .Prepend("$")
        );

    public override string ToString() => Text;
}
