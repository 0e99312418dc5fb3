using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using TemplateHost.Kernel;

namespace TemplateHost.Deployment.Templates;

/// <summary>A CloudFormation template, its sections known and none of them skipped in silence.</summary>
internal sealed class Template
{
    private static readonly HashSet<string> Sections =
    [
        "AWSTemplateFormatVersion",
        "Description",
        "Parameters",
        "Mappings",
        "Conditions",
        "Resources",
        "Outputs",
        // Metadata steers consoles; Rules of a CDK template ask for the bootstrap stack, which only a real account has.
        "Metadata",
        "Rules",
    ];

    private Template(JsonObject template)
    {
        if (template.ContainsKey("Transform") || template.ContainsKey("Hooks"))
        {
            throw new DeploymentException(
                $"The template section {(template.ContainsKey("Hooks") ? "Hooks" : "Transform")} is not honoured by the embedded host."
            );
        }

        var unknown = template.Where(section => !Sections.Contains(section.Key)).Select(section => section.Key).ToList();
        if (unknown.Count > 0)
        {
            throw new DeploymentException($"Invalid template property or properties [{string.Join(", ", unknown)}]");
        }

        Description = template["Description"]?.ToString();
        Parameters = Section(template, "Parameters");
        Mappings = Section(template, "Mappings");
        Conditions = Section(template, "Conditions");
        Outputs = Section(template, "Outputs");
        Resources = [.. Section(template, "Resources").Select(resource => new TemplateResource(resource.Key, resource.Value))];
    }

    public string? Description { get; }

    /// <summary>As JSON.</summary>
    public JsonObject Parameters { get; }

    public JsonObject Mappings { get; }

    public JsonObject Conditions { get; }

    public JsonObject Outputs { get; }

    /// <summary>In the order of the template.</summary>
    public IReadOnlyList<TemplateResource> Resources { get; }

    /// <exception cref="DeploymentException">Not JSON, or a section that the host does not honour, for example Transform.</exception>
    public static Template Parse(string text)
    {
        try
        {
            DeepJson.RequireText(Encoding.UTF8.GetBytes(text));
            var template =
                JsonNode.Parse(text) as JsonObject ?? throw new DeploymentException("Template format error: unsupported structure.");
            return NullIn(template, "") is { } at
                ? throw new DeploymentException($"Template format error: [{at}] Null values are not allowed in templates")
                : new Template(template);
        }
        catch (JsonException fault) when (fault.LineNumber is null)
        {
            throw new DeploymentException($"Template format error: JSON not well-formed. {fault.Message}");
        }
        catch (JsonException fault)
        {
            throw new DeploymentException(
                $"Template format error: JSON not well-formed. (line {fault.LineNumber + 1}, column {fault.BytePositionInLine + 1})"
            );
        }
        catch (ArgumentException)
        {
            // An object is read when it is first asked, and has a name twice.
            throw new DeploymentException("Template format error: JSON not well-formed. A name stands twice in one object.");
        }
    }

    /// <summary>Where the first null stands; a null would be lost on the way to the resource, and change what it means.</summary>
    private static string? NullIn(JsonNode? node, string at) =>
        node switch
        {
            null => at,
            JsonObject members => members
                .Select(member => NullIn(member.Value, $"{at}/{member.Key}"))
                .FirstOrDefault(found => found is not null),
            JsonArray elements => elements
                .Select((element, index) => NullIn(element, $"{at}/{index}"))
                .FirstOrDefault(found => found is not null),
            _ => null,
        };

    private static JsonObject Section(JsonObject template, string name) =>
        template[name] switch
        {
            null => [],
            JsonObject section when section.All(member => member.Value is JsonObject) || name == "Conditions" => section,
            JsonObject section => throw new DeploymentException(
                $"Template format error: [/{name}/{section.First(member => member.Value is not JsonObject).Key}] Every {name} "
                    + "member must be an object."
            ),
            _ => throw new DeploymentException($"Template format error: {name} must be an object."),
        };
}
