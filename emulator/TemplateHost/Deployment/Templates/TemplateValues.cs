using System.Text.Json.Nodes;
using TemplateHost.Deployment.Stacks;

namespace TemplateHost.Deployment.Templates;

/// <summary>
/// What <c>Ref</c> and <c>Fn::GetAtt</c> can yield so far: pseudo parameters, parameters, and the resources already made.
/// </summary>
internal sealed class TemplateValues(IReadOnlyDictionary<string, JsonNode> parameters, StackIdentity stack)
{
    private readonly Dictionary<string, ProvisionedResource> resources = [];

    public void Add(string logicalId, ProvisionedResource resource) => resources[logicalId] = resource;

    /// <exception cref="DeploymentException">Nothing of that name.</exception>
    public JsonNode Ref(string name) =>
        resources.TryGetValue(name, out var resource) ? JsonValue.Create(resource.PhysicalId)
        : parameters.TryGetValue(name, out var parameter) ? parameter.DeepClone()
        : Pseudo(name) ?? throw new DeploymentException($"Ref to {name}: the template makes no such resource and has no such parameter.");

    /// <exception cref="DeploymentException">No such resource, or an attribute that its type does not have.</exception>
    public string Attribute(string logicalId, string attribute)
    {
        if (!resources.TryGetValue(logicalId, out var resource))
        {
            throw new DeploymentException($"Fn::GetAtt {logicalId}.{attribute}: the template makes no such resource.");
        }

        return resource.Attributes.TryGetValue(attribute, out var value)
            ? value
            : throw new DeploymentException($"Fn::GetAtt {logicalId}.{attribute}: the embedded host knows no such attribute.");
    }

    private JsonNode? Pseudo(string name) =>
        name switch
        {
            "AWS::AccountId" => stack.AccountId,
            "AWS::Region" => stack.Region,
            "AWS::Partition" => "aws",
            "AWS::URLSuffix" => "amazonaws.com",
            "AWS::StackName" => stack.Name,
            "AWS::StackId" => stack.Arn,
            "AWS::NotificationARNs" => new JsonArray(),
            _ => null,
        };
}
