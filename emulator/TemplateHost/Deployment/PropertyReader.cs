using System.Globalization;
using System.Text.Json.Nodes;

namespace TemplateHost.Deployment;

/// <summary>
/// Reads the properties of a resource, or the members of one of them, as the types that they have; a <see cref="ResourceSchema"/> has
/// already refused those that the host does not honour. Templates write numbers and booleans also as text.
/// </summary>
/// <param name="resource">The resource as refusals name it: <c>Orders (AWS::DynamoDB::Table)</c>.</param>
/// <param name="properties">The properties, intrinsic functions resolved.</param>
/// <param name="path">What stands before the names of members: empty, or <c>CorsConfiguration.</c>.</param>
internal sealed class PropertyReader(string resource, JsonObject properties, string path = "")
{
    /// <summary>The properties as the template gives them.</summary>
    public JsonObject Json => properties;

    public JsonNode? Optional(string name) => properties[name];

    public JsonNode Required(string name) => Optional(name) ?? throw Refuse(name, "is required");

    public string Text(string name) => Required(name).ToString();

    public string? OptionalText(string name) => Optional(name)?.ToString();

    public int? OptionalNumber(string name) =>
        Optional(name) is not { } node ? null
        : int.TryParse(node.ToString(), CultureInfo.InvariantCulture, out var number) ? number
        : throw Refuse(name, "must be an integer");

    public double? OptionalDecimal(string name) =>
        Optional(name) is not { } node ? null
        : double.TryParse(node.ToString(), CultureInfo.InvariantCulture, out var number) ? number
        : throw Refuse(name, "must be a number");

    public bool? OptionalFlag(string name) =>
        Optional(name) is not { } node ? null
        : bool.TryParse(node.ToString(), out var flag) ? flag
        : throw Refuse(name, "must be true or false");

    /// <summary>Whether the property is there and true.</summary>
    public bool IsTrue(string name) => OptionalFlag(name) ?? false;

    /// <summary>The texts of a list; none where it is not there.</summary>
    public List<string> Texts(string name) => [.. List(name).Select(item => item?.ToString() ?? "")];

    /// <summary>Readers of the objects of a list; none where it is not there.</summary>
    public List<PropertyReader> Objects(string name) =>
        [
            .. List(name)
                .Select(item => new PropertyReader(
                    resource,
                    item as JsonObject ?? throw Refuse(name, "must be a list of objects"),
                    $"{path}{name}."
                )),
        ];

    public JsonObject? OptionalObject(string name) =>
        Optional(name) is not { } node ? null : node as JsonObject ?? throw Refuse(name, "must be an object");

    /// <summary>A reader of an object; of an empty one where it is not there.</summary>
    public PropertyReader Nested(string name) => new(resource, OptionalObject(name) ?? [], $"{path}{name}.");

    /// <summary>A list; an empty one where it is not there.</summary>
    public JsonArray List(string name) => Optional(name) is not { } node ? [] : node as JsonArray ?? throw Refuse(name, "must be a list");

    public DeploymentException Refuse(string name, string why) => new($"{resource}: property {path}{name} {why}.");
}
