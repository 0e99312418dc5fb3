using System.Text.Json.Nodes;
using TemplateHost.Deployment.Templates;
using TemplateHost.Kernel;

namespace TemplateHost.Deployment.Stacks;

/// <summary>What the work on stacks is done with.</summary>
internal sealed class StackParts(HostContext host, IEnumerable<IResourceProvisioner> provisioners)
{
    private readonly Dictionary<string, IResourceProvisioner> provisioners = provisioners.ToDictionary(provisioner =>
        provisioner.Schema.Type
    );

    public StackStore Store { get; } = new(host.Store);

    /// <summary>Where the host is reached: part of queue URLs, issuers and the API's address.</summary>
    public string Address { get; } = $"{host.Addresses.Aws} {host.Addresses.Api}";

    public IReadOnlyDictionary<string, ResourceSchema> Schemas { get; } =
        provisioners.ToDictionary(provisioner => provisioner.Schema.Type, provisioner => provisioner.Schema);

    public DateTimeOffset Now => host.Time.GetUtcNow();

    public IResourceProvisioner ProvisionerOf(string type) =>
        provisioners.GetValueOrDefault(type)
        ?? throw new DeploymentException($"The resource type {type} is not honoured by the embedded host.");

    public StackIdentity IdentityOf(string name, int serial) => new(name, host.Region, host.AccountId, serial);

    public PreparedTemplate Prepare(StackRecord stack, StackSource source) =>
        PreparedTemplate.Of(source, IdentityOf(stack.Name, stack.Serial), Schemas);

    public string NewToken() => host.Random.Uuid();

    /// <exception cref="DeploymentException">A property that the type's schema does not know.</exception>
    public ResourceDeclaration Declare(StackRecord stack, StackResource resource, JsonObject properties)
    {
        // Once more, since a function may have brought in an object that the check of the template could not see.
        ProvisionerOf(resource.Type).Schema.Demand(resource.LogicalId, properties);
        return new ResourceDeclaration(
            new PropertyReader($"{resource.LogicalId} ({resource.Type})", properties),
            resource.Deployed,
            IdentityOf(stack.Name, stack.Serial).GeneratedName(resource.LogicalId, resource.Generation),
            new SeededRandomSource(resource.Token)
        );
    }
}
