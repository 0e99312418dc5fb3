using System.Text.Json.Nodes;

namespace FairShare.Local.Deployment;

/// <summary>A CloudFormation template, its sections known and none of them skipped in silence.</summary>
internal sealed class Template
{
    private static readonly HashSet<string> Sections =
    [
        "AWSTemplateFormatVersion", "Description", "Parameters", "Mappings", "Conditions", "Resources", "Outputs",
        // Metadata steers consoles; Rules of a CDK template ask for the bootstrap stack, which only a real account has.
        "Metadata", "Rules",
    ];

    /// <exception cref="DeploymentException">A section that the host does not honour, for example Transform.</exception>
    public Template(JsonObject template)
    {
        if (template.FirstOrDefault(section => !Sections.Contains(section.Key)) is { Key: { } unknown })
        {
            throw new DeploymentException($"The template section {unknown} is not honoured by the embedded host.");
        }

        Parameters = Section(template, "Parameters");
        Mappings = Section(template, "Mappings");
        Conditions = Section(template, "Conditions");
        Outputs = Section(template, "Outputs");
        Resources = [.. Section(template, "Resources").Select(resource => new TemplateResource(resource.Key, resource.Value as JsonObject ?? []))];
    }

    public JsonObject Parameters { get; }

    public JsonObject Mappings { get; }

    public JsonObject Conditions { get; }

    public JsonObject Outputs { get; }

    /// <summary>In the order of the template.</summary>
    public IReadOnlyList<TemplateResource> Resources { get; }

    private static JsonObject Section(JsonObject template, string name) => template[name] as JsonObject ?? [];
}
