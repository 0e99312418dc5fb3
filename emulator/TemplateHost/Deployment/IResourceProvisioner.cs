namespace TemplateHost.Deployment;

/// <summary>Makes the resources of one CloudFormation type.</summary>
internal interface IResourceProvisioner
{
    /// <summary>What the type's properties are, and which of them an existing resource cannot change.</summary>
    ResourceSchema Schema { get; }

    /// <summary>Whether the account has a resource of this name that the template would take over.</summary>
    bool Exists(string name) => false;

    /// <summary>
    /// Creates the resource, or brings an existing one in line with changed properties; keeps its data. Again with the same declaration:
    /// the same resource.
    /// </summary>
    /// <exception cref="DeploymentException">A property, or a value of one, that the host cannot honour; nothing was changed.</exception>
    Task<ProvisionedResource> ApplyAsync(ResourceDeclaration declaration, CancellationToken cancellationToken);

    /// <summary>Deletes the resource and what it holds; one that is gone is no error.</summary>
    Task DeleteAsync(DeployedResource resource, CancellationToken cancellationToken);
}

/// <summary>A template that cannot be honoured; the message names the resource, its type and the property.</summary>
public sealed class DeploymentException(string message) : Exception(message);
