using TemplateHost.Kernel;

namespace TemplateHost.Deployment;

/// <summary>CDK's usage statistics: a resource without effect, at AWS as here.</summary>
internal sealed class CdkMetadataProvisioner : IResourceProvisioner
{
    public ResourceSchema Schema { get; } = new("AWS::CDK::Metadata") { Ignored = MemberNames.Exactly("Analytics") };

    public Task<ProvisionedResource> ApplyAsync(ResourceDeclaration declaration, CancellationToken cancellationToken) =>
        Task.FromResult(new ProvisionedResource(declaration.GeneratedName, new Dictionary<string, string>()));

    public Task DeleteAsync(DeployedResource resource, CancellationToken cancellationToken) => Task.CompletedTask;
}
