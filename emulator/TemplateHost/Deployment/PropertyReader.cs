using System.Globalization;
using System.Text.Json.Nodes;

namespace TemplateHost.Deployment;

/// <summary>
/// Reads a resource's properties and remembers which: what nobody read is refused by name, so nothing is silently ignored.
/// </summary>
internal sealed class PropertyReader(string logicalId, string resourceType, JsonObject properties)
{
    private readonly HashSet<string> read = [];

    public PropertyReader(ResourceDeclaration declaration)
        : this(declaration.LogicalId, declaration.Type, declaration.Properties) { }

    public JsonNode? Optional(string name)
    {
        read.Add(name);
        return properties[name];
    }

    public JsonNode Required(string name) => Optional(name) ?? throw Refuse(name, "is required");

    public string Text(string name) => Required(name).ToString();

    public string? OptionalText(string name) => Optional(name)?.ToString();

    /// <summary>A number, which templates also write as text.</summary>
    public int? OptionalNumber(string name) =>
        Optional(name) is not { } node ? null
        : int.TryParse(node.ToString(), CultureInfo.InvariantCulture, out var number) ? number
        : throw Refuse(name, "must be an integer");

    /// <summary>A boolean, which templates also write as text.</summary>
    public bool? OptionalFlag(string name) =>
        Optional(name) is not { } node ? null
        : bool.TryParse(node.ToString(), out var flag) ? flag
        : throw Refuse(name, "must be true or false");

    public List<string> OptionalTexts(string name) => [.. OptionalList(name).Select(item => item!.ToString())];

    public JsonObject? OptionalObject(string name) =>
        Optional(name) is not { } node ? null : node as JsonObject ?? throw Refuse(name, "must be an object");

    public JsonArray OptionalList(string name) =>
        Optional(name) is not { } node ? [] : node as JsonArray ?? throw Refuse(name, "must be a list");

    /// <summary>Names properties that change nothing in what the host does (descriptions, tags, tracing); why stands at the call.</summary>
    public void Ignore(params ReadOnlySpan<string> names)
    {
        foreach (var name in names)
        {
            read.Add(name);
        }
    }

    /// <summary>A reader over a nested object, for example <c>Code</c> or one index of a table.</summary>
    public PropertyReader Nested(string name, JsonObject value) => new($"{logicalId}.{name}", resourceType, value);

    /// <summary>Call last.</summary>
    /// <exception cref="DeploymentException">A property that was neither read nor ignored.</exception>
    public void RefuseOthers()
    {
        foreach (var (name, _) in properties)
        {
            if (!read.Contains(name))
            {
                throw Refuse(name, "is not honoured by the embedded host");
            }
        }
    }

    public DeploymentException Refuse(string name, string why) => new($"{logicalId} ({resourceType}): property {name} {why}.");
}
