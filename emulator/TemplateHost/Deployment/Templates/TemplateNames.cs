using System.Text.Json.Nodes;

namespace TemplateHost.Deployment.Templates;

/// <summary>Checks that every name that a template refers to is there, whether or not the conditions hold.</summary>
internal static class TemplateNames
{
    private static readonly HashSet<string> Pseudo =
    [
        "AWS::AccountId",
        "AWS::NoValue",
        "AWS::NotificationARNs",
        "AWS::Partition",
        "AWS::Region",
        "AWS::StackId",
        "AWS::StackName",
        "AWS::URLSuffix",
    ];

    /// <exception cref="DeploymentException">A reference to nothing, in CloudFormation's words; a function of another form than its
    /// own.</exception>
    public static void Demand(Template template)
    {
        var resources = template.Resources.Select(resource => resource.LogicalId).ToHashSet();
        DemandConditions(template, resources);
        foreach (var resource in template.Resources)
        {
            foreach (var (name, value) in resource.Properties)
            {
                IntrinsicForms.Demand(value, $"{resource.LogicalId} ({resource.Type}): property {name}");
            }
        }

        foreach (var (name, output) in template.Outputs)
        {
            IntrinsicForms.Demand(output!["Value"], $"output {name}");
            if (output["Value"] is null)
            {
                throw new DeploymentException($"Template format error: [/Outputs/{name}] Every Outputs member must contain a Value object");
            }
        }

        var properties = template.Resources.Select(resource => (JsonNode?)resource.Properties).ToList();
        var named = properties.SelectMany(References.In).Concat(template.Resources.SelectMany(resource => resource.DependsOn));
        DemandKnown(template, resources, named, "Resources");
        DemandKnown(template, resources, References.In(template.Outputs), "Outputs");
        var undefined = properties
            .Append(template.Outputs)
            .SelectMany(References.AttributesIn)
            .FirstOrDefault(path => !resources.Contains(path.Resource));
        if (undefined.Resource is not null)
        {
            throw new DeploymentException($"Template error: instance of Fn::GetAtt references undefined resource {undefined.Resource}");
        }
    }

    private static void DemandKnown(Template template, HashSet<string> resources, IEnumerable<string> named, string block)
    {
        var unresolved = named
            .Where(name => !resources.Contains(name) && !template.Parameters.ContainsKey(name) && !Pseudo.Contains(name))
            .Distinct()
            .ToList();
        if (unresolved.Count > 0)
        {
            throw new DeploymentException(
                $"Template format error: Unresolved resource dependencies [{string.Join(", ", unresolved)}] in the {block} "
                    + "block of the template"
            );
        }
    }

    private static void DemandConditions(Template template, HashSet<string> resources)
    {
        foreach (var (name, expression) in template.Conditions)
        {
            IntrinsicForms.Demand(expression, $"condition {name}");
        }

        var unresolved = References
            .In(template.Conditions)
            .Concat(References.AttributesIn(template.Conditions).Select(path => path.Resource))
            .Where(name => resources.Contains(name) || (!template.Parameters.ContainsKey(name) && !Pseudo.Contains(name)))
            .Distinct()
            .ToList();
        if (unresolved.Count > 0)
        {
            throw new DeploymentException(
                $"Template format error: Unresolved dependencies [{string.Join(", ", unresolved)}]. Cannot reference resources "
                    + "in the Conditions block of the template"
            );
        }

        DemandConditions(
            template,
            template
                .Resources.Select(resource => resource.Condition)
                .OfType<string>()
                .Concat(template.Resources.SelectMany(resource => References.ConditionsIn(resource.Properties))),
            "Resources"
        );
        DemandConditions(
            template,
            template
                .Outputs.Select(output => output.Value!["Condition"]?.ToString())
                .OfType<string>()
                .Concat(References.ConditionsIn(template.Outputs)),
            "Outputs"
        );
        DemandConditions(template, References.ConditionsIn(template.Conditions), "Conditions");
    }

    private static void DemandConditions(Template template, IEnumerable<string> named, string block)
    {
        if (named.FirstOrDefault(name => !template.Conditions.ContainsKey(name)) is { } missing)
        {
            throw new DeploymentException(
                $"Template format error: Unresolved condition dependency {missing} in the {block} block of the template"
            );
        }
    }
}
