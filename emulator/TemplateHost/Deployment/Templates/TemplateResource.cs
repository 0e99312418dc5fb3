using System.Text.Json.Nodes;

namespace TemplateHost.Deployment.Templates;

/// <summary>One resource as the template writes it.</summary>
internal sealed class TemplateResource
{
    private static readonly HashSet<string> Attributes =
    [
        "Type",
        "Properties",
        "DependsOn",
        "Condition",
        "DeletionPolicy",
        "UpdateReplacePolicy",
        "Metadata",
    ];

    private static readonly HashSet<string> UnknownToTheHost = ["CreationPolicy", "UpdatePolicy"];

    /// <exception cref="DeploymentException">No type, or an attribute that the host does not honour, for example
    /// CreationPolicy.</exception>
    public TemplateResource(string logicalId, JsonNode? node)
    {
        var resource = node as JsonObject ?? [];
        LogicalId = logicalId;
        Type =
            resource["Type"]?.ToString()
            ?? throw new DeploymentException(
                $"Template format error: [/Resources/{logicalId}] Every Resources object must contain a Type member."
            );
        if (resource.FirstOrDefault(attribute => !Attributes.Contains(attribute.Key)) is { Key: { } unknown })
        {
            throw new DeploymentException(
                UnknownToTheHost.Contains(unknown)
                    ? $"{logicalId} ({Type}): attribute {unknown} is not honoured by the embedded host."
                    : $"Invalid template resource property '{unknown}' of {logicalId}"
            );
        }

        Properties = resource["Properties"] switch
        {
            null => [],
            JsonObject properties => properties,
            _ => throw new DeploymentException($"Template format error: [/Resources/{logicalId}/Properties] Properties must be an object."),
        };
        Condition = resource["Condition"] is { } condition
            ? condition is JsonValue
                ? condition.ToString()
                : throw new DeploymentException("Template format error: Every Condition member must be a string.")
            : null;
        DeletionPolicy = Policy(resource, "DeletionPolicy", ["Delete", "Retain", "RetainExceptOnCreate"]);
        UpdateReplacePolicy = Policy(resource, "UpdateReplacePolicy", ["Delete", "Retain"]);
        DependsOn = resource["DependsOn"] switch
        {
            null => [],
            JsonArray list => [.. list.Select(item => item!.ToString())],
            var single => [single.ToString()],
        };
    }

    public string LogicalId { get; }

    public string Type { get; }

    public JsonObject Properties { get; }

    public string? Condition { get; }

    public IReadOnlyList<string> DependsOn { get; }

    /// <summary>What becomes of the resource when it leaves the template.</summary>
    public string DeletionPolicy { get; }

    /// <summary>What becomes of the resource when another takes its place.</summary>
    public string UpdateReplacePolicy { get; }

    private string Policy(JsonObject resource, string attribute, string[] known)
    {
        var policy = resource[attribute]?.ToString() ?? "Delete";
        return known.Contains(policy) ? policy
            // Snapshots are of volumes, clusters and databases, of which the host has none.
            : policy == "Snapshot"
                ? throw new DeploymentException($"Template error: resource type {Type} does not support deletion policy Snapshot")
            : throw new DeploymentException($"Template error: Invalid {attribute} {policy} of {LogicalId}");
    }
}
