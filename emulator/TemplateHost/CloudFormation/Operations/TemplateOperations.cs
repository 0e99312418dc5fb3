using System.Xml.Linq;
using TemplateHost.Deployment;
using TemplateHost.Deployment.Templates;
using TemplateHost.Gateway;

namespace TemplateHost.CloudFormation.Operations;

/// <summary>GetTemplate, ValidateTemplate.</summary>
internal sealed class TemplateOperations(StackAccess access, StackDeployer deployer)
{
    public Task<IReadOnlyList<XElement>> GetAsync(QueryCall call)
    {
        var stack = access.Find(call, name => $"Stack with id {name} does not exist");
        return Task.FromResult<IReadOnlyList<XElement>>([
            new("TemplateBody", TemplateText.SourceOf(stack)?.Template ?? ""),
            QueryXml.List("StagesAvailable", ["Original", "Processed"], stage => stage),
        ]);
    }

    /// <summary>Checks what does not depend on parameters, as AWS does: names, forms, types.</summary>
    public Task<IReadOnlyList<XElement>> ValidateAsync(QueryCall call) =>
        StackAccess.RefusingAsync(() =>
        {
            access.Demand(call, "*");
            var template = Template.Parse(StackInput.Read(call, null).Template);
            if (template.Resources.Count == 0)
            {
                throw new DeploymentException("Template format error: At least one Resources member must be defined.");
            }

            TemplateNames.Demand(template);
            DependencyOrder.Of(template.Resources);
            var unknown = template
                .Resources.Select(resource => resource.Type)
                .Where(type => !deployer.Parts.Schemas.ContainsKey(type))
                .Distinct()
                .ToList();
            return unknown.Count > 0
                ? throw new DeploymentException(
                    $"Template format error: Unrecognized resource types: [{string.Join(", ", unknown)}]: not honoured by the "
                        + "embedded host."
                )
                : Task.FromResult<IReadOnlyList<XElement>>([
                    ParametersOf(template),
                    .. template.Description is { } description ? new[] { new XElement("Description", description) } : [],
                    .. CapabilitiesOf(template),
                ]);
        });

    private static XElement ParametersOf(Template template) =>
        QueryXml.List(
            "Parameters",
            template.Parameters,
            parameter =>
                new[]
                {
                    new XElement("ParameterKey", parameter.Key),
                    QueryXml.Optional("DefaultValue", parameter.Value!["Default"]?.ToString()),
                    new XElement("NoEcho", parameter.Value["NoEcho"]?.ToString() is "true" or "True" ? "true" : "false"),
                    QueryXml.Optional("Description", parameter.Value["Description"]?.ToString()),
                }
        );

    private static XElement[] CapabilitiesOf(Template template) =>
        Capability.Of(template) is not { } needed
            ? []
            :
            [
                QueryXml.List("Capabilities", [needed.Name], name => name),
                new("CapabilitiesReason", $"The following resource(s) require capabilities: [{string.Join(", ", needed.ResourceTypes)}]"),
            ];
}
