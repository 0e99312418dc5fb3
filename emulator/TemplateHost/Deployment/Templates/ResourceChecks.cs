using System.Text.Json.Nodes;

namespace TemplateHost.Deployment.Templates;

/// <summary>Checks the resources that a template wants against what is known of their types, before anything is made.</summary>
internal sealed class ResourceChecks(Template template, Intrinsics intrinsics, IReadOnlyDictionary<string, ResourceSchema> schemas)
{
    /// <exception cref="DeploymentException">An unknown type, property or attribute, a property missing, or a reference to what a condition
    /// leaves out.</exception>
    public void Demand(IReadOnlyList<TemplateResource> wanted)
    {
        var unknown = wanted.Where(resource => !schemas.ContainsKey(resource.Type)).ToList();
        if (unknown.Count > 0)
        {
            throw new DeploymentException(
                "Template format error: Unrecognized resource types: "
                    + $"[{string.Join(", ", unknown.Select(resource => resource.Type).Distinct())}]"
                    + $" of {string.Join(", ", unknown.Select(resource => resource.LogicalId))}: not honoured by the embedded host."
            );
        }

        foreach (var resource in wanted)
        {
            schemas[resource.Type].Demand(resource.LogicalId, (JsonObject)Known(intrinsics.Choose(resource.Properties))!);
        }

        DemandReferences(wanted);
    }

    /// <summary>What functions will yield is not known yet.</summary>
    private static JsonNode? Known(JsonNode? node) =>
        node switch
        {
            JsonObject { Count: 1 } single when Intrinsics.IsFunction(single.First().Key) => null,
            JsonObject members => new JsonObject(members.Select(member => KeyValuePair.Create(member.Key, Known(member.Value)))),
            JsonArray items => new JsonArray([.. items.Select(Known).OfType<JsonNode>()]),
            _ => node?.DeepClone(),
        };

    private void DemandReferences(IReadOnlyList<TemplateResource> wanted)
    {
        var types = wanted.ToDictionary(resource => resource.LogicalId, resource => resource.Type);
        var leftOut = template.Resources.Select(resource => resource.LogicalId).Where(name => !types.ContainsKey(name)).ToHashSet();
        var chosen = wanted.Select(resource => intrinsics.Choose(resource.Properties)).ToList();
        var dangling = chosen
            .SelectMany(properties => References.In(properties).Concat(References.AttributesIn(properties).Select(path => path.Resource)))
            .Where(leftOut.Contains)
            .Distinct()
            .ToList();
        if (dangling.Count > 0)
        {
            throw new DeploymentException(
                $"Template format error: Unresolved resource dependencies [{string.Join(", ", dangling)}] in the Resources "
                    + "block of the template"
            );
        }

        var outputs = template
            .Outputs.Where(output => output.Value!["Condition"] is not { } condition || intrinsics.Condition(condition.ToString()))
            .Select(output => intrinsics.Choose(output.Value!["Value"]));
        foreach (var (resource, attribute) in chosen.Concat(outputs).SelectMany(References.AttributesIn))
        {
            if (types.TryGetValue(resource, out var type) && !schemas[type].Attributes.Contains(attribute))
            {
                throw new DeploymentException(
                    $"Template error: resource {resource} does not support attribute type {attribute} in Fn::GetAtt"
                );
            }
        }
    }
}
