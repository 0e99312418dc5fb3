using System.Text.Json.Nodes;

namespace FairShare.Local.Deployment;

/// <summary>Makes the resources of one CloudFormation type.</summary>
internal interface IResourceProvisioner
{
    /// <summary>The type, for example <c>AWS::DynamoDB::Table</c>.</summary>
    string ResourceType { get; }

    /// <summary>Creates the resource, or brings an existing one in line with changed properties; keeps its data.</summary>
    /// <exception cref="DeploymentException">A property, or a value of one, that the host cannot honour.</exception>
    Task<ProvisionedResource> ApplyAsync(ResourceDeclaration declaration, CancellationToken cancellationToken);

    /// <summary>Deletes the resource and what it holds.</summary>
    Task DeleteAsync(string physicalId, CancellationToken cancellationToken);
}

/// <summary>One resource of the template, its intrinsic functions resolved.</summary>
/// <param name="LogicalId">The name in the template.</param>
/// <param name="Properties">Properties as the template gives them; read them through <see cref="PropertyReader"/>.</param>
/// <param name="PhysicalId">What an earlier deployment made, or null.</param>
/// <param name="GeneratedName">A physical name for resources that the template does not name: stack, logical id and a stable suffix.</param>
internal sealed record ResourceDeclaration(string LogicalId, JsonObject Properties, string? PhysicalId, string GeneratedName);

/// <summary>What a resource became.</summary>
/// <param name="PhysicalId">What <c>Ref</c> yields.</param>
/// <param name="Attributes">What <c>Fn::GetAtt</c> yields, by attribute name.</param>
internal sealed record ProvisionedResource(string PhysicalId, IReadOnlyDictionary<string, string> Attributes);

/// <summary>A template that cannot be honoured; the message names the resource, its type and the property.</summary>
public sealed class DeploymentException(string message) : Exception(message);
