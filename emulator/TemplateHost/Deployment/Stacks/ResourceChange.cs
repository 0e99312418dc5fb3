using System.Text.Json.Nodes;

namespace TemplateHost.Deployment.Stacks;

internal enum ChangeKind
{
    None,
    Create,
    Update,
    Replace,
}

/// <summary>What an update does to one resource, by comparing its properties with those last deployed.</summary>
/// <param name="Properties">The properties that differ.</param>
internal sealed record ResourceChange(ChangeKind Kind, IReadOnlyList<string> Properties)
{
    public static ResourceChange Of(ResourceSchema schema, StackResource? current, JsonObject wanted)
    {
        if (current is null)
        {
            return new ResourceChange(ChangeKind.Create, []);
        }

        var before = current.Properties;
        var changed = before
            .Concat(wanted)
            .Select(property => property.Key)
            .Distinct()
            .Where(name => !JsonNode.DeepEquals(before[name], wanted[name]))
            .ToList();
        var kind =
            changed.Exists(name => schema.Replaces(name, before[name], wanted[name])) ? ChangeKind.Replace
            // Interrupted or failed in the middle: nobody knows how much of it was applied.
            : changed.Count > 0 || !StackStatus.IsComplete(current.Status) ? ChangeKind.Update
            : ChangeKind.None;
        return new ResourceChange(kind, changed);
    }
}
