using TemplateHost.Deployment;
using TemplateHost.Kernel;
using TemplateHost.Kms.Storage;

namespace TemplateHost.Kms.Provisioning;

/// <summary>AWS::KMS::Alias.</summary>
internal sealed class AliasProvisioner(KeyStore keys) : IResourceProvisioner
{
    public ResourceSchema Schema { get; } =
        new("AWS::KMS::Alias")
        {
            Name = "AliasName",
            Required = ["AliasName", "TargetKeyId"],
            Updatable = MemberNames.Exactly("TargetKeyId"),
        };

    public bool Exists(string name) => keys.FindAlias(name) is not null;

    public async Task<ProvisionedResource> ApplyAsync(ResourceDeclaration declaration, CancellationToken cancellationToken)
    {
        var properties = declaration.Properties;
        var name = properties.Text("AliasName");
        var target = keys.Get(properties.Text("TargetKeyId"));
        await keys.PutAliasAsync(name, target.KeyId);
        return new ProvisionedResource(name, ProvisionedResource.NoAttributes);
    }

    public Task DeleteAsync(DeployedResource resource, CancellationToken cancellationToken) => keys.DeleteAliasAsync(resource.PhysicalId);
}
