using System.Text.Json.Nodes;
using TemplateHost.Deployment.Stacks;

namespace TemplateHost.Deployment.Templates;

/// <summary>A template that was checked, with its parameters: what it wants, in the order in which that has to be made.</summary>
internal sealed class PreparedTemplate
{
    private readonly Intrinsics intrinsics;

    private PreparedTemplate(Template template, TemplateValues values, Intrinsics intrinsics, IReadOnlyList<TemplateResource> resources) =>
        (Template, Values, this.intrinsics, Resources) = (template, values, intrinsics, resources);

    public Template Template { get; }

    public TemplateValues Values { get; }

    /// <summary>Those whose conditions hold, each after what it needs.</summary>
    public IReadOnlyList<TemplateResource> Resources { get; }

    /// <exception cref="DeploymentException">The template cannot be honoured.</exception>
    public static PreparedTemplate Of(StackSource source, StackIdentity identity, IReadOnlyDictionary<string, ResourceSchema> schemas)
    {
        var template = Template.Parse(source.Template);
        var values = new TemplateValues(TemplateParameters.Resolve(template.Parameters, source.Parameters), identity);
        var intrinsics = new Intrinsics(template, values);
        TemplateNames.Demand(template);
        var resources = template
            .Resources.Where(resource => resource.Condition is null || intrinsics.Condition(resource.Condition))
            .ToList();
        new ResourceChecks(template, intrinsics, schemas).Demand(resources);
        return new PreparedTemplate(template, values, intrinsics, DependencyOrder.Of(resources));
    }

    /// <summary>Once everything that the resource refers to is among the values.</summary>
    public JsonObject PropertiesOf(TemplateResource resource) => (JsonObject)intrinsics.Evaluate(resource.Properties)!;

    /// <summary>Once all resources are among the values.</summary>
    public IReadOnlyList<StackOutput> Outputs() =>
        [
            .. Template
                .Outputs.Select(output => (Name: output.Key, Body: (JsonObject)output.Value!))
                .Where(output => output.Body["Condition"] is not { } condition || intrinsics.Condition(condition.ToString()))
                .Select(output => new StackOutput(
                    output.Name,
                    intrinsics.Evaluate(output.Body["Value"])!.ToString(),
                    output.Body["Description"]?.ToString(),
                    intrinsics.Evaluate(output.Body["Export"]?["Name"])?.ToString()
                )),
        ];
}
