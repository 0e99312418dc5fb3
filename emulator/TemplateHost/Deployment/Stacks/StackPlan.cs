using TemplateHost.Deployment.Templates;

namespace TemplateHost.Deployment.Stacks;

/// <summary>What an update would do, without doing it.</summary>
internal sealed class StackPlan(StackParts parts, StackRecord stack)
{
    /// <summary>Stands for what is not known before the update is made, as in CloudFormation's own change sets.</summary>
    private const string KnownAfterApply = "{{changeSet:KNOWN_AFTER_APPLY}}";

    private readonly Dictionary<string, StackResource> current = parts
        .Store.Resources(stack.Id)
        .Where(resource => resource.State == ResourceState.Current)
        .ToDictionary(resource => resource.LogicalId);

    /// <exception cref="DeploymentException">A resource has another type than before.</exception>
    public void DemandSameTypes(PreparedTemplate prepared)
    {
        var changed = prepared
            .Resources.Where(resource => current.TryGetValue(resource.LogicalId, out var before) && before.Type != resource.Type)
            .Select(resource => resource.LogicalId)
            .ToList();
        if (changed.Count > 0)
        {
            throw new DeploymentException(
                "Update of resource type is not permitted. The new template modifies resource type of the following resources: "
                    + $"[{string.Join(", ", changed)}]"
            );
        }
    }

    /// <summary>The resources that would change, in the order in which they would; removals last.</summary>
    /// <exception cref="DeploymentException">The template cannot be honoured.</exception>
    public IReadOnlyList<PlannedChange> Changes(PreparedTemplate prepared)
    {
        DemandSameTypes(prepared);
        var changes = new List<PlannedChange>();
        foreach (var resource in prepared.Resources)
        {
            var before = current.GetValueOrDefault(resource.LogicalId);
            var schema = parts.ProvisionerOf(resource.Type).Schema;
            var change = ResourceChange.Of(schema, before, prepared.PropertiesOf(resource));
            if (change.Kind != ChangeKind.None)
            {
                changes.Add(new PlannedChange(resource.LogicalId, resource.Type, before?.PhysicalId, change));
            }

            prepared.Values.Add(
                resource.LogicalId,
                change.Kind is ChangeKind.Create or ChangeKind.Replace
                    ? new ProvisionedResource(KnownAfterApply, schema.Attributes.ToDictionary(name => name, _ => KnownAfterApply))
                    : WithAttributesToCome(before!, schema)
            );
        }

        var wanted = prepared.Resources.Select(resource => resource.LogicalId).ToHashSet();
        changes.AddRange(
            current
                .Values.Where(resource => !wanted.Contains(resource.LogicalId))
                .Select(resource => new PlannedChange(resource.LogicalId, resource.Type, resource.PhysicalId, null))
        );
        return changes;
    }

    /// <summary>An update in place may bring an attribute, as a stream does to its table.</summary>
    private static ProvisionedResource WithAttributesToCome(StackResource resource, ResourceSchema schema) =>
        new(
            resource.PhysicalId!,
            schema.Attributes.ToDictionary(name => name, name => resource.Attributes.GetValueOrDefault(name, KnownAfterApply))
        );

    /// <summary>Whether the update would change a resource, a policy of one, or an output.</summary>
    /// <exception cref="DeploymentException">The template cannot be honoured.</exception>
    public bool IsEmpty(PreparedTemplate prepared) => IsEmpty(prepared, Changes(prepared));

    /// <param name="prepared">The template that was planned.</param>
    /// <param name="changes">What <see cref="Changes"/> said of it.</param>
    public bool IsEmpty(PreparedTemplate prepared, IReadOnlyList<PlannedChange> changes) =>
        changes.Count == 0
        && prepared.Outputs().SequenceEqual(stack.Outputs)
        && prepared.Resources.All(resource =>
            current[resource.LogicalId] is var known
            && (known.DeletionPolicy, known.UpdateReplacePolicy) == (resource.DeletionPolicy, resource.UpdateReplacePolicy)
        );
}

/// <summary>One line of a plan.</summary>
/// <param name="Change">Null for a removal.</param>
internal sealed record PlannedChange(string LogicalId, string Type, string? PhysicalId, ResourceChange? Change);
