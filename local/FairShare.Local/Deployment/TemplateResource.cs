using System.Text.Json.Nodes;

namespace FairShare.Local.Deployment;

/// <summary>One resource as the template writes it.</summary>
internal sealed class TemplateResource
{
    private static readonly HashSet<string> Attributes =
        ["Type", "Properties", "DependsOn", "Condition", "DeletionPolicy", "UpdateReplacePolicy", "Metadata"];

    /// <exception cref="DeploymentException">An attribute that the host does not honour, for example CreationPolicy.</exception>
    public TemplateResource(string logicalId, JsonObject resource)
    {
        LogicalId = logicalId;
        Type = resource["Type"]?.ToString() ?? throw new DeploymentException($"{logicalId}: the resource has no Type.");
        if (resource.FirstOrDefault(attribute => !Attributes.Contains(attribute.Key)) is { Key: { } unknown })
        {
            throw new DeploymentException($"{logicalId} ({Type}): attribute {unknown} is not honoured by the embedded host.");
        }

        Properties = resource["Properties"] as JsonObject ?? [];
        Condition = resource["Condition"]?.ToString();
        Retained = resource["DeletionPolicy"]?.ToString() is "Retain" or "RetainExceptOnCreate" or "Snapshot";
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

    /// <summary>Whether the resource outlives its removal from the template.</summary>
    public bool Retained { get; }
}
